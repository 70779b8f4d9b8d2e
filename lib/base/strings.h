/* SPDX-License-Identifier: MIT */
#ifndef CDP_BASE_STRINGS_H
#define CDP_BASE_STRINGS_H

#include <codedeploy/base.h>

#include <stdbool.h>
#include <string.h>

/* A cdp_string of a string literal, usable in static initialisers and in expressions. */
#define CDP_LITERAL(text)                                                                          \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }
#define CDP_STR(text) ((cdp_string){(text), sizeof(text) - 1})

static inline cdp_string cdp_string_of(const char *text)
{
    return (cdp_string){text, text ? strlen(text) : 0};
}

static inline cdp_string cdp_string_slice(const char *data, size_t length)
{
    return (cdp_string){data, length};
}

/* Absent strings equal only absent strings. Inline, because most differ in length already. */
static inline bool cdp_string_equal(cdp_string a, cdp_string b)
{
    if (a.length != b.length || !a.data || !b.data)
        return a.data == b.data && a.length == b.length;
    return memcmp(a.data, b.data, a.length) == 0;
}

static inline bool cdp_string_equal_c(cdp_string a, const char *b)
{
    return cdp_string_equal(a, cdp_string_of(b));
}

/* ASCII letters only: the result does not depend on a locale. */
bool cdp_string_equal_ignoring_case(cdp_string a, cdp_string b);
bool cdp_string_starts_with(cdp_string text, cdp_string prefix);
/* Byte order; a prefix sorts before what it is a prefix of; absent before everything. */
int cdp_string_compare(cdp_string a, cdp_string b);
/* Without ASCII white space (and NUL, as Ruby's String#strip does) at both ends. */
cdp_string cdp_string_trim(cdp_string text);
/* Index of the first `byte` at or after `from`, or `text.length`. */
size_t cdp_string_find(cdp_string text, char byte, size_t from);

static inline bool cdp_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline char cdp_lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

#endif
