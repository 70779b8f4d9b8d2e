/* SPDX-License-Identifier: MIT */
#include "documents.h"

#include <stdio.h>
#include <stdlib.h>

void bench_append(buffer *to, const char *format, unsigned a, unsigned b)
{
    if (to->capacity - to->length < 4096) {
        to->capacity = to->capacity * 2 + 65536;
        to->data = realloc(to->data, to->capacity);
        if (!to->data)
            exit(1);
    }
    to->length += (size_t)snprintf(to->data + to->length, 4096, format, a, b);
}

buffer bench_appspec(void)
{
    static const char *const events[] = {"ApplicationStop", "BeforeInstall", "AfterInstall",
                                         "ApplicationStart", "ValidateService"};
    buffer text = {NULL, 0, 0};

    bench_append(&text, "version: 0.0\nos: linux\nfiles:\n", 0, 0);
    for (unsigned i = 0; i < 2000; i++) {
        bench_append(&text, "  - source: build/assets/module%u/file%u.js\n", i % 40, i);
        bench_append(&text, "    destination: /var/www/app/assets/module%u\n", i % 40, 0);
    }
    bench_append(&text, "permissions:\n", 0, 0);
    for (unsigned i = 0; i < 200; i++) {
        bench_append(&text, "  - object: /var/www/app/assets/module%u/dir%u\n", i % 40, i);
        bench_append(&text, "    pattern: \"*.js\"\n    owner: www-data\n    group: www-data\n", 0,
                     0);
        bench_append(&text, "    mode: 644\n    type:\n      - file\n", 0, 0);
    }
    bench_append(&text, "hooks:\n", 0, 0);
    for (unsigned e = 0; e < 5; e++) {
        bench_append(&text, "  ", 0, 0);
        bench_append(&text, events[e], 0, 0);
        bench_append(&text, ":\n", 0, 0);
        for (unsigned i = 0; i < 40; i++) {
            bench_append(&text, "    - location: scripts/step%u/run%u.sh\n", e, i);
            bench_append(&text, "      timeout: %u\n      runas: root\n", 30 + i, 0);
        }
    }
    return text;
}
