/* SPDX-License-Identifier: MIT */
/* Entries of access control lists: AceInfo of the agent 1.x. */
#include "appspec/fields.h"
#include "base/strings.h"

enum { MOST_PARTS = 4 };

/* Splits at colons, last part first; the count, which may exceed MOST_PARTS. */
static size_t split(cdp_string text, cdp_string parts[MOST_PARTS])
{
    size_t end = text.length;
    size_t count = 0;

    if (text.length == 0)
        return 0;
    for (size_t at = text.length; at-- > 0;) {
        if (text.data[at] != ':')
            continue;
        if (count < MOST_PARTS)
            parts[count] = cdp_string_slice(text.data + at + 1, end - at - 1);
        count++;
        end = at;
    }
    if (count < MOST_PARTS)
        parts[count] = cdp_string_slice(text.data, end);
    return count + 1;
}

static bool is_word(cdp_string text, const char *letter, const char *word)
{
    return cdp_string_equal_c(text, letter) || cdp_string_equal_c(text, word);
}

static uint8_t type_of(cdp_string text)
{
    if (is_word(text, "u", "user"))
        return CDP_APPSPEC_ACL_USER;
    if (is_word(text, "g", "group"))
        return CDP_APPSPEC_ACL_GROUP;
    if (is_word(text, "m", "mask"))
        return CDP_APPSPEC_ACL_MASK;
    if (is_word(text, "o", "other"))
        return CDP_APPSPEC_ACL_OTHER;
    return 0;
}

static bool read_permissions(cdp_string text, uint8_t *bits)
{
    *bits = 0;
    if (text.length == 1 && text.data[0] >= '0' && text.data[0] <= '7') {
        *bits = (uint8_t)(text.data[0] - '0');
        return true;
    }
    for (size_t i = 0; i < text.length; i++) {
        switch (text.data[i]) {
        case 'r':
            *bits |= 4;
            break;
        case 'w':
            *bits |= 2;
            break;
        case 'x':
            *bits |= 1;
            break;
        case '-':
            break;
        default:
            return false;
        }
    }
    return true;
}

/* The part before the name: a type, or `default` in the short form. */
static appspec_acl_problem read_type(cdp_string part, appspec_acl_parts *parts)
{
    if (is_word(part, "d", "default")) {
        parts->bad = part;
        if (parts->is_default)
            return APPSPEC_ACL_TYPE;
        parts->is_default = true;
        parts->is_short = true;
        return APPSPEC_ACL_GOOD;
    }
    parts->type = type_of(part);
    parts->bad = part;
    return parts->type ? APPSPEC_ACL_GOOD : APPSPEC_ACL_TYPE;
}

/* Where no type was said, the names mask and other are types; where one was, they are spelt out. */
static void read_name(cdp_string part, appspec_acl_parts *parts)
{
    uint8_t word = type_of(part);
    bool is_special = word == CDP_APPSPEC_ACL_MASK || word == CDP_APPSPEC_ACL_OTHER;

    parts->name = part;
    if (!parts->type) {
        parts->type = is_special ? word : CDP_APPSPEC_ACL_USER;
        if (is_special)
            parts->name = CDP_STR("");
    } else if (is_special) {
        parts->is_rewritten = part.length == 1;
        parts->name = cdp_string_of(cdp_appspec_acl_type_name(word));
    }
}

appspec_acl_problem cdp_appspec_read_acl(cdp_string text, appspec_acl_parts *parts)
{
    cdp_string part[MOST_PARTS];
    size_t count = split(text, part);
    appspec_acl_problem problem = APPSPEC_ACL_GOOD;

    *parts = (appspec_acl_parts){.bad = text};
    if (count < 2 || count > MOST_PARTS)
        return APPSPEC_ACL_PARTS;
    if (count == MOST_PARTS) {
        parts->bad = part[3];
        if (!is_word(part[3], "d", "default"))
            return APPSPEC_ACL_TYPE;
        parts->is_default = true;
    }
    parts->is_short = count == 2;
    if (count >= 3)
        problem = read_type(part[2], parts);
    if (problem != APPSPEC_ACL_GOOD)
        return problem;
    read_name(part[1], parts);
    parts->bad = parts->name;
    if (parts->type >= CDP_APPSPEC_ACL_MASK && parts->name.length > 0)
        return APPSPEC_ACL_NAMED;
    if (!parts->is_default && parts->type != CDP_APPSPEC_ACL_MASK && parts->name.length == 0)
        return APPSPEC_ACL_BASE;
    parts->bad = part[0];
    return read_permissions(part[0], &parts->bits) ? APPSPEC_ACL_GOOD : APPSPEC_ACL_PERMISSIONS;
}

const char *cdp_appspec_acl_type_name(uint8_t type)
{
    static const char *const names[] = {"", "user", "group", "mask", "other"};

    return names[type <= CDP_APPSPEC_ACL_OTHER ? type : 0];
}

void cdp_appspec_put_acl(const appspec_acl_parts *parts, cdp_text *text)
{
    if (parts->is_default)
        cdp_text_put_c(text, "default:");
    cdp_text_put_c(text, cdp_appspec_acl_type_name(parts->type));
    cdp_text_put_byte(text, ':');
    cdp_text_put(text, parts->name);
    cdp_text_put_byte(text, ':');
    cdp_text_put_byte(text, parts->bits & 4 ? 'r' : '-');
    cdp_text_put_byte(text, parts->bits & 2 ? 'w' : '-');
    cdp_text_put_byte(text, parts->bits & 1 ? 'x' : '-');
}
