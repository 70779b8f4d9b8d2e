/* SPDX-License-Identifier: MIT */
#ifndef TESTING_H
#define TESTING_H

/* What every cmocka test program begins with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "test_allocator.h"

#define assert_cdp_string(actual, expected)                                                        \
    do {                                                                                           \
        cdp_string assert_actual = (actual);                                                       \
        assert_non_null(assert_actual.data);                                                       \
        assert_string_equal(assert_actual.data, (expected));                                       \
        assert_int_equal(assert_actual.length, strlen(expected));                                  \
    } while (0)

#define assert_absent(actual) assert_null((actual).data)

#endif
