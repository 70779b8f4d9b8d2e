/* SPDX-License-Identifier: MIT */
/* Modes: ModeInfo of the agent 1.x. */
#include "appspec/fields.h"
#include "base/strings.h"
#include "base/utf8.h"

enum { SHORTEST = 3, LONGEST = 4 };

static size_t character_count(cdp_string text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.length; i++)
        count += (text.data[i] & 0xC0) != 0x80;
    return count;
}

appspec_mode_problem cdp_appspec_read_mode(cdp_string text, appspec_mode *mode)
{
    *mode = (appspec_mode){.digits = {'0', '0', '0', '0'}};
    if (character_count(text) > LONGEST)
        return APPSPEC_MODE_LENGTH;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '7') {
            size_t length = cdp_utf8_length(text, i);

            mode->bad = cdp_string_slice(text.data + i, length ? length : 1);
            return APPSPEC_MODE_DIGIT;
        }
        mode->bits = mode->bits * 8 + (text.data[i] - '0');
    }
    mode->length = text.length < SHORTEST ? SHORTEST : text.length;
    for (size_t i = 0; i < text.length; i++)
        mode->digits[mode->length - text.length + i] = text.data[i];
    return APPSPEC_MODE_GOOD;
}
