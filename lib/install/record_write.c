/* SPDX-License-Identifier: MIT */
#include "base/strings.h"
#include "base/text.h"
#include "base/utf8.h"
#include "install/record.h"

/* White space by Unicode, which the agent 2.x takes from the end of a line. */
static bool is_white(uint32_t code)
{
    return (code >= 0x09 && code <= 0x0d) || code == ' ' || code == 0x85 || code == 0xa0 ||
           code == 0x1680 || (code >= 0x2000 && code <= 0x200a) || code == 0x2028 ||
           code == 0x2029 || code == 0x202f || code == 0x205f || code == 0x3000;
}

/* True when either official agent would read the line as another path, or not at all. */
static bool needs_escape(cdp_string path)
{
    size_t last = 0;

    for (size_t at = 0; at < path.length;) {
        size_t length = (unsigned char)path.data[at] < 0x80 ? 1 : cdp_utf8_length(path, at);

        if (length == 0 || path.data[at] == '\n')
            return true;
        last = at;
        at += length;
    }
    return path.length > 0 && is_white(cdp_utf8_decode(path, last));
}

static void put_escaped(cdp_text *text, cdp_string path)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < path.length; i++) {
        unsigned char byte = (unsigned char)path.data[i];

        if (byte > ' ' && byte < 0x7f && byte != '%') {
            cdp_text_put_byte(text, (char)byte);
            continue;
        }
        cdp_text_put_byte(text, '%');
        cdp_text_put_byte(text, digits[byte >> 4]);
        cdp_text_put_byte(text, digits[byte & 15]);
    }
}

void cdp_record_put(cdp_text *text, cdp_install_record_kind kind, cdp_string path)
{
    if (kind == CDP_INSTALL_RECORD_CONTEXT)
        cdp_text_put(text, CDP_STR("semanage\0"));
    if (needs_escape(path)) {
        cdp_text_put_c(text, "codedeploy-escaped:");
        put_escaped(text, path);
    } else {
        cdp_text_put(text, path);
    }
    cdp_text_put_byte(text, '\n');
}

cdp_status cdp_install_record_put(cdp_text *text, cdp_install_record_kind kind, cdp_string path)
{
    size_t before;
    cdp_status status;

    if (!text || path.length < 2 || !cdp_path_is_normal(path) ||
        (kind != CDP_INSTALL_RECORD_PATH && kind != CDP_INSTALL_RECORD_CONTEXT))
        return CDP_ERR_ARGUMENT;
    before = text->length;
    cdp_record_put(text, kind, path);
    status = cdp_text_status(text);
    if (status != CDP_OK)
        cdp_text_rollback(text, before);
    return status;
}
