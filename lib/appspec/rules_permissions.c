/* SPDX-License-Identifier: MIT */
/* Rules about each entry of `permissions` on its own. */
#include "appspec/fields.h"
#include "appspec/rules.h"

static bool is_absent(cdp_string text)
{
    return !text.data;
}

/* `rwxr-xr-x` as octal digits; absent when the text is no such thing. */
static cdp_string octal_of_letters(cdp_string text, char digits[3])
{
    static const char letters[] = "rwx";

    if (text.length == 10 && (text.data[0] == '-' || text.data[0] == 'd')) {
        text.data++;
        text.length--;
    }
    if (text.length != 9)
        return (cdp_string){NULL, 0};
    for (int i = 0; i < 3; i++)
        digits[i] = '0';
    for (int i = 0; i < 9; i++) {
        if (text.data[i] == letters[i % 3])
            digits[i / 3] = (char)(digits[i / 3] + (4 >> i % 3));
        else if (text.data[i] != '-')
            return (cdp_string){NULL, 0};
    }
    return cdp_string_slice(digits, 3);
}

/* The digits that a refused mode most likely means, or absent. */
static cdp_string meant_mode(cdp_string text, char digits[3])
{
    cdp_string meant = cdp_string_trim(text);
    appspec_mode mode;

    if (cdp_string_starts_with(meant, CDP_STR("0o"))) {
        meant.data += 2;
        meant.length -= 2;
    }
    while (meant.length > 4 && meant.data[0] == '0') {
        meant.data++;
        meant.length--;
    }
    if (cdp_appspec_read_mode(meant, &mode) == APPSPEC_MODE_GOOD && meant.length >= 3)
        return meant;
    return octal_of_letters(text, digits);
}

static void report_mode(appspec_work *work, appspec_mode_problem problem, cdp_string text,
                        cdp_string bad, cdp_node node)
{
    char digits[3];
    cdp_string meant = meant_mode(text, digits);

    cdp_text_clear(&work->hint);
    cdp_text_put_byte(&work->hint, '"');
    cdp_text_put(&work->hint, meant);
    cdp_text_put_byte(&work->hint, '"');
    cdp_appspec_report(work, &(appspec_finding){
                                 .code = problem == APPSPEC_MODE_LENGTH
                                             ? CDP_DIAGNOSTIC_PERMISSION_MODE_LENGTH
                                             : CDP_DIAGNOSTIC_PERMISSION_MODE_DIGIT,
                                 .node = node,
                                 .leaf = "mode",
                                 .arguments = {text, bad, cdp_text_string(&work->hint)},
                                 .hint = is_absent(meant) ? meant : CDP_STR("Write `mode: {2}`."),
                                 .fix = is_absent(meant) ? meant : cdp_text_string(&work->hint),
                             });
}

static void warn_of_mode(appspec_work *work, const appspec_mode *mode, cdp_string text,
                         cdp_node node)
{
    appspec_finding finding = {
        .node = node,
        .leaf = "mode",
        .arguments = {text, cdp_string_slice(mode->digits, mode->length)},
    };

    if (text.length < 3) {
        finding.code = CDP_DIAGNOSTIC_PERMISSION_MODE_SHORT;
        cdp_appspec_report(work, &finding);
    }
    if (mode->bits & 06000) {
        finding.code = CDP_DIAGNOSTIC_PERMISSION_MODE_SPECIAL;
        finding.arguments[2] = (mode->bits & 06000) == 06000
                                   ? CDP_STR("set-user-ID and set-group-ID")
                               : mode->bits & 04000 ? CDP_STR("set-user-ID")
                                                    : CDP_STR("set-group-ID");
        cdp_appspec_report(work, &finding);
    }
}

void cdp_appspec_set_mode(appspec_work *work, appspec_permission *permission, cdp_string text,
                          cdp_node node)
{
    appspec_mode mode;
    appspec_mode_problem problem = cdp_appspec_read_mode(text, &mode);

    if (problem != APPSPEC_MODE_GOOD) {
        report_mode(work, problem, text, mode.bad, node);
        return;
    }
    permission->mode.kind = CDP_APPSPEC_VALUE_TEXT;
    permission->mode.node = node;
    permission->mode.text =
        mode.length == text.length
            ? text
            : cdp_appspec_keep(work, cdp_string_slice(mode.digits, mode.length));
    permission->mode_bits = mode.bits;
    warn_of_mode(work, &mode, text, node);
}

static void report_acl(appspec_work *work, cdp_diagnostic_code code, cdp_string text,
                       const appspec_acl_parts *parts, cdp_node node, const char *why)
{
    cdp_appspec_report(work, &(appspec_finding){
                                 .code = code,
                                 .node = node,
                                 .leaf = "acls",
                                 .arguments = {text, parts->bad, cdp_string_of(why)},
                             });
}

static const char *explain_acl(appspec_acl_problem problem)
{
    switch (problem) {
    case APPSPEC_ACL_PARTS:
        return "it needs two to four parts with colons between";
    case APPSPEC_ACL_TYPE:
        return "its type is not user, group, mask or other (u, g, m, o), with default (d) in front "
               "at most once";
    case APPSPEC_ACL_NAMED:
        return "mask and other take no name";
    default:
        return "its permissions are neither letters of rwx- nor one digit from 0 to 7";
    }
}

static void warn_of_acl(appspec_work *work, const appspec_acl *acl, cdp_string text,
                        const appspec_acl_parts *parts)
{
    if (parts->is_short)
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_PERMISSION_ACL_SHORT,
                                     .node = acl->node,
                                     .leaf = "acls",
                                     .arguments = {text, acl->text},
                                 });
    if (parts->is_rewritten)
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_PERMISSION_ACL_RENAMED,
                                     .node = acl->node,
                                     .leaf = "acls",
                                     .arguments = {text, acl->text},
                                 });
}

bool cdp_appspec_set_acl(appspec_work *work, appspec_acl *acl, cdp_string text, cdp_node node)
{
    appspec_acl_parts parts;
    appspec_acl_problem problem = cdp_appspec_read_acl(text, &parts);

    acl->node = node;
    if (problem == APPSPEC_ACL_BASE) {
        report_acl(work, CDP_DIAGNOSTIC_PERMISSION_ACL_BASE, text, &parts, node, "");
        return false;
    }
    if (problem != APPSPEC_ACL_GOOD) {
        report_acl(work, CDP_DIAGNOSTIC_PERMISSION_ACL_INVALID, text, &parts, node,
                   explain_acl(problem));
        return false;
    }
    cdp_text_clear(&work->scratch);
    cdp_appspec_put_acl(&parts, &work->scratch);
    acl->text = cdp_appspec_keep_scratch(work);
    if (parts.name.length > 0)
        acl->name = cdp_appspec_keep(work, parts.name);
    acl->type = parts.type;
    acl->bits = parts.bits;
    acl->is_default = parts.is_default;
    warn_of_acl(work, acl, text, &parts);
    return true;
}

static const char *explain_range(appspec_range_problem problem)
{
    switch (problem) {
    case APPSPEC_RANGE_ORDER:
        return "its high end is below its low end";
    case APPSPEC_RANGE_CATEGORY:
        return "categories go from c0 to c1023";
    case APPSPEC_RANGE_DUPLICATE:
        return "a category stands there twice";
    default:
        return "it has not the form s0, s0-s3 or s0:c1,c5.c7";
    }
}

void cdp_appspec_set_range(appspec_work *work, appspec_permission *permission, cdp_string text,
                           cdp_node node)
{
    appspec_range range;
    appspec_range_problem problem;
    cdp_string canonical;

    cdp_text_clear(&work->scratch);
    problem = cdp_appspec_read_range(text, &range, &work->scratch);
    if (problem != APPSPEC_RANGE_GOOD) {
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_PERMISSION_RANGE_INVALID,
                                     .node = node,
                                     .leaf = "context",
                                     .arguments = {text, cdp_string_of(explain_range(problem))},
                                 });
        permission->context_range.kind = CDP_APPSPEC_VALUE_MAPPING; /* there, but no range */
        return;
    }
    canonical = cdp_appspec_keep_scratch(work);
    permission->context_range = cdp_appspec_text_value(canonical);
    permission->context_range.node = node;
    if (range.is_high || range.is_trailing || !range.is_sorted)
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_PERMISSION_RANGE_UNUSUAL,
                                     .node = node,
                                     .leaf = "context",
                                     .arguments = {text, canonical},
                                 });
}

static bool has_byte(cdp_string text, char byte)
{
    return cdp_string_find(text, byte, 0) < text.length;
}

/* `?`, `[`, `{` and `\` mean themselves to the agent 1.x, and more to agents 2.x beside a `*`. */
static bool has_special(cdp_string pattern)
{
    static const char special[] = "?[]{}\\";

    for (size_t i = 0; special[i] && has_byte(pattern, '*'); i++)
        if (has_byte(pattern, special[i]))
            return true;
    return false;
}

static void check_glob(appspec_work *work, const appspec_value *glob, const char *leaf)
{
    appspec_finding finding = {.node = glob->node, .leaf = leaf, .arguments = {glob->text}};

    if (glob->kind != CDP_APPSPEC_VALUE_TEXT)
        return;
    finding.arguments[1] = cdp_string_of(leaf);
    if (has_byte(glob->text, '/')) {
        finding.code = CDP_DIAGNOSTIC_PERMISSION_GLOB_SLASH;
        cdp_appspec_report(work, &finding);
    } else if (has_special(glob->text)) {
        finding.code = CDP_DIAGNOSTIC_PERMISSION_GLOB_SPECIAL;
        cdp_appspec_report(work, &finding);
    }
}

static void check_account(appspec_work *work, const appspec_value *account, const char *leaf)
{
    size_t colon = cdp_string_find(account->text, ':', 0);

    cdp_appspec_check_plain_text(work, account, leaf);
    if (account->kind == CDP_APPSPEC_VALUE_TEXT && colon < account->text.length)
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_PERMISSION_OWNER_WITH_GROUP,
                                     .node = account->node,
                                     .leaf = leaf,
                                     .arguments = {account->text, cdp_string_of(leaf),
                                                   cdp_string_slice(account->text.data, colon)},
                                 });
}

static void check_context(appspec_work *work, const appspec_permission *permission)
{
    cdp_appspec_check_plain_text(work, &permission->context_user, "name");
    cdp_appspec_check_plain_text(work, &permission->context_type, "type");
    if (permission->context_type.kind && !permission->context_range.kind)
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_PERMISSION_RANGE_MISSING,
                                     .node = permission->context_node,
                                     .leaf = "context",
                                 });
}

static bool changes_something(const appspec_permission *permission)
{
    return permission->owner.kind || permission->group.kind || permission->mode.kind ||
           permission->mode.node || permission->acls_node || permission->has_acls ||
           permission->context_node || permission->context_type.kind;
}

static void check_default_acls(appspec_work *work, const appspec_permission *permission)
{
    if (!(cdp_appspec_effective_types(permission) & CDP_APPSPEC_TYPE_FILE))
        return;
    for (uint32_t i = 0; i < permission->acl_count; i++) {
        if (!permission->acls[i].is_default)
            continue;
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_PERMISSION_ACL_DEFAULT_ON_FILE,
                                     .node = permission->acls[i].node,
                                     .leaf = "acls",
                                     .arguments = {permission->acls[i].text},
                                 });
        return;
    }
}

static void check_permission(appspec_work *work, const appspec_permission *permission)
{
    if (permission->object.kind) {
        cdp_appspec_check_text(work, &permission->object, "object");
        if (permission->object.text.data[0] != '/')
            cdp_appspec_report(work, &(appspec_finding){
                                         .code = CDP_DIAGNOSTIC_PERMISSION_OBJECT_RELATIVE,
                                         .node = permission->object.node,
                                         .leaf = "object",
                                         .arguments = {permission->object.text},
                                     });
    } else {
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_PERMISSION_OBJECT_MISSING,
                                     .node = permission->object.node,
                                     .leaf = "object",
                                 });
    }
    cdp_appspec_check_plain_text(work, &permission->pattern, "pattern");
    check_glob(work, &permission->pattern, "pattern");
    for (uint32_t i = 0; i < permission->except_count; i++) {
        cdp_appspec_check_plain_text(work, &permission->except[i], "except");
        check_glob(work, &permission->except[i], "except");
    }
    check_account(work, &permission->owner, "owner");
    check_account(work, &permission->group, "group");
    check_default_acls(work, permission);
    check_context(work, permission);
    if (!changes_something(permission))
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_PERMISSION_CHANGES_NOTHING,
                                     .node = permission->node,
                                     .arguments = {permission->object.text},
                                 });
}

void cdp_appspec_check_permissions(appspec_work *work)
{
    const cdp_appspec *appspec = work->appspec;

    if (appspec->permission_count > 0 && cdp_string_equal_c(appspec->os.text, "windows"))
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_PERMISSION_ON_WINDOWS,
                                     .node = appspec->permissions_node,
                                     .leaf = "permissions",
                                 });
    cdp_appspec_enter(work, "permissions");
    for (uint32_t i = 0; i < appspec->permission_count; i++) {
        /* An entry of the wrong shape was reported when it was read. */
        if (work->document &&
            cdp_node_get_kind(work->document, appspec->permissions[i].node) != CDP_NODE_MAPPING)
            continue;
        cdp_appspec_enter_index(work, i);
        check_permission(work, &appspec->permissions[i]);
        cdp_appspec_leave(work);
    }
    cdp_appspec_leave(work);
}
