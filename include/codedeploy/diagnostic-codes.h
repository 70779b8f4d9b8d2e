/* SPDX-License-Identifier: MIT */
/* Made from lib/base/diagnostics.toml by `./dev generate`; do not edit. */
#ifndef CODEDEPLOY_DIAGNOSTIC_CODES_H
#define CODEDEPLOY_DIAGNOSTIC_CODES_H

/** Every kind of finding. Values never change meaning and are never reused. */
typedef enum cdp_diagnostic_code {
    /** `input-too-large` (error): The input has {0} bytes; at most {1} are read. */
    CDP_DIAGNOSTIC_INPUT_TOO_LARGE = 100
} cdp_diagnostic_code;

#endif
