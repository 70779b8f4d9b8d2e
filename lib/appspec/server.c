/* SPDX-License-Identifier: MIT */
/* Server: the root, its simple members, and `files`. */
#include "appspec/server.h"

#include "appspec/rules.h"

static bool is_zero(const cdp_scalar *scalar)
{
    if (scalar->type == CDP_SCALAR_INTEGER)
        return scalar->integer == 0 && !scalar->overflow;
    return scalar->type == CDP_SCALAR_FLOAT && scalar->number == 0;
}

/* What every YAML reader takes for zero: a sign, digits and at most one point. */
static bool is_plain_zero(cdp_string text)
{
    size_t points = 0;

    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] != '0' && text.data[i] != '.' && !(i == 0 && text.data[i] == '-'))
            return false;
        points += text.data[i] == '.';
    }
    return points <= 1;
}

static void report_version(appspec_work *work, cdp_node value, bool is_text_zero)
{
    cdp_string written = cdp_node_text(work->document, value);

    cdp_appspec_report(
        work, &(appspec_finding){
                  .code = is_text_zero ? CDP_DIAGNOSTIC_APPSPEC_VERSION_QUOTED
                                       : CDP_DIAGNOSTIC_APPSPEC_VERSION_INVALID,
                  .node = value,
                  .arguments = {written.data ? written : cdp_appspec_describe(work, value)},
                  .fix = written.data ? CDP_STR("0.0") : (cdp_string){NULL, 0},
              });
}

void cdp_appspec_read_version(appspec_work *work, cdp_node key, cdp_node value, bool quoted)
{
    cdp_scalar scalar = {.type = CDP_SCALAR_NULL};
    cdp_string written = cdp_node_text(work->document, value);
    bool is_text_zero;

    work->appspec->version.node = value;
    if (cdp_node_get_kind(work->document, value) == CDP_NODE_SCALAR)
        scalar = cdp_node_resolve(work->document, value);
    if (cdp_appspec_is_null(work, value)) {
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_APPSPEC_VERSION_MISSING,
                                     .node = key ? key : cdp_document_root(work->document),
                                 });
        return;
    }
    is_text_zero = scalar.type == CDP_SCALAR_STRING &&
                   (cdp_string_equal_c(written, "0.0") || cdp_string_equal_c(written, "0"));
    if (!is_zero(&scalar) && !(quoted && is_text_zero)) {
        report_version(work, value, is_text_zero);
        return;
    }
    if (scalar.type == CDP_SCALAR_INTEGER)
        work->appspec->version.text = CDP_STR("0");
    if (!is_plain_zero(written) ||
        (cdp_node_style(work->document, value) != CDP_STYLE_PLAIN && !is_text_zero))
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_APPSPEC_VERSION_UNUSUAL,
                                     .node = value,
                                     .arguments = {written},
                                     .fix = CDP_STR("0.0"),
                                 });
}

static bool is_one_of(cdp_string text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (cdp_string_equal_ignoring_case(text, cdp_string_of(words[i])))
            return true;
    return false;
}

/* The operating system that a wrong word means, or absent. */
static cdp_string meant_os(cdp_string text)
{
    static const char *const linuxes[] = {
        "linux",       "ubuntu",       "debian", "rhel",   "redhat", "centos",
        "fedora",      "amazon",       "suse",   "alpine", "unix",   "amazon-linux",
        "amazonlinux", "amazon linux", "al2",    "al2023", "rocky",  "ubuntu-latest",
    };
    static const char *const windowses[] = {"windows", "win", "win32", "windows server"};
    cdp_string bare = cdp_string_trim(cdp_appspec_trim_invisible(text));

    while (bare.length > 0 && bare.data[0] == ':') {
        bare.data++;
        bare.length--;
    }
    if (is_one_of(bare, linuxes, sizeof linuxes / sizeof *linuxes))
        return CDP_STR("linux");
    if (is_one_of(bare, windowses, sizeof windowses / sizeof *windowses))
        return CDP_STR("windows");
    return (cdp_string){NULL, 0};
}

static void read_os(appspec_work *work, cdp_node key, cdp_node value)
{
    appspec_value os = cdp_appspec_take(work, value);

    if (os.kind == CDP_APPSPEC_VALUE_TEXT)
        work->appspec->os = os;
    else if (os.kind == CDP_APPSPEC_VALUE_ABSENT)
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_OS_MISSING,
                                     .node = key ? key : cdp_document_root(work->document),
                                 });
    else
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_OS_INVALID,
                                     .node = value,
                                     .arguments = {os.text},
                                     .fix = meant_os(os.text),
                                 });
}

static void check_os(appspec_work *work)
{
    const appspec_value *os = &work->appspec->os;
    bool is_windows = cdp_string_equal_c(os->text, "windows");
    cdp_appspec_host host = work->options.host;

    if (!is_windows && !cdp_string_equal_c(os->text, "linux"))
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_OS_INVALID,
                                     .node = os->node,
                                     .leaf = "os",
                                     .arguments = {os->text},
                                     .fix = meant_os(os->text),
                                 });
    else if ((is_windows && host == CDP_APPSPEC_HOST_LINUX) ||
             (!is_windows && host == CDP_APPSPEC_HOST_WINDOWS))
        cdp_appspec_report(
            work, &(appspec_finding){
                      .code = CDP_DIAGNOSTIC_OS_NOT_THIS_HOST,
                      .node = os->node,
                      .leaf = "os",
                      .arguments = {os->text, is_windows ? CDP_STR("Linux") : CDP_STR("Windows")},
                  });
}

static void read_file_exists_behavior(appspec_work *work, cdp_node value)
{
    appspec_value behavior = cdp_appspec_take(work, value);
    cdp_string bare = cdp_appspec_trim_invisible(behavior.text);
    cdp_string meant = {NULL, 0};

    if (behavior.kind == CDP_APPSPEC_VALUE_ABSENT)
        return;
    work->appspec->file_exists = behavior;
    if (behavior.kind == CDP_APPSPEC_VALUE_TEXT &&
        cdp_file_exists_behavior_from_name(behavior.text, &work->appspec->file_exists_behavior) ==
            CDP_OK)
        return;
    for (int i = CDP_FILE_EXISTS_DISALLOW; i <= CDP_FILE_EXISTS_RETAIN; i++) {
        cdp_string name = cdp_string_of(cdp_file_exists_behavior_name((cdp_file_exists_behavior)i));

        if (cdp_string_equal_ignoring_case(bare, name))
            meant = name;
    }
    cdp_appspec_report(work, &(appspec_finding){
                                 .code = CDP_DIAGNOSTIC_FILE_EXISTS_BEHAVIOR_INVALID,
                                 .node = value,
                                 .arguments = {behavior.text},
                                 .fix = meant,
                             });
}

void cdp_appspec_report_shape(appspec_work *work, cdp_node node, const char *what,
                              const char *wanted, const char *hint)
{
    bool is_key = !strchr(what, ' ');

    cdp_text_clear(&work->scratch);
    cdp_text_put_c(&work->scratch, is_key ? "`" : "");
    cdp_text_put_c(&work->scratch, what);
    cdp_text_put_c(&work->scratch, is_key ? "`" : "");
    cdp_appspec_report(work,
                       &(appspec_finding){
                           .code = CDP_DIAGNOSTIC_APPSPEC_WRONG_SHAPE,
                           .node = node,
                           .arguments = {cdp_text_string(&work->scratch),
                                         cdp_appspec_describe(work, node), cdp_string_of(wanted)},
                           .hint = cdp_string_of(hint),
                       });
}

/* Nothing behind the colon is empty for everybody; `null`, `~`, `false`, `{}` are not. */
static void check_emptiness(appspec_work *work, cdp_node node, const char *what)
{
    cdp_string written = cdp_node_text(work->document, node);

    if (written.data && written.length == 0 &&
        cdp_node_style(work->document, node) == CDP_STYLE_PLAIN)
        return;
    cdp_appspec_report(
        work, &(appspec_finding){
                  .code = CDP_DIAGNOSTIC_APPSPEC_EMPTY_SECTION,
                  .node = node,
                  .arguments = {cdp_string_of(what), written.data ? written : CDP_STR("{}")},
                  .fix = CDP_STR("[]"),
              });
}

size_t cdp_appspec_open_list(appspec_work *work, cdp_node list, const char *what)
{
    cdp_node_kind kind = cdp_node_get_kind(work->document, list);

    if (kind == CDP_NODE_SEQUENCE)
        return cdp_node_child_count(work->document, list);
    if (list == 0)
        return 0;
    if (cdp_appspec_is_nothing(work, list) ||
        (kind == CDP_NODE_MAPPING && !cdp_node_first_child(work->document, list)))
        check_emptiness(work, list, what);
    else
        cdp_appspec_report_shape(work, list, what, "a list",
                                 kind == CDP_NODE_MAPPING
                                     ? "Put `- ` in front of the first key of each entry, and "
                                       "indent the others by two more blanks."
                                     : "Write each entry on lines of its own, the first with `- ` "
                                       "in front.");
    return 0;
}

static bool look_at_file_key(appspec_work *work, cdp_node key, cdp_string name)
{
    if (!cdp_string_equal_ignoring_case(name, CDP_STR("overwrite")))
        return false;
    cdp_appspec_report(work, &(appspec_finding){.code = CDP_DIAGNOSTIC_FILE_OVERWRITE_KEY,
                                                .node = key,
                                                .arguments = {name}});
    return true;
}

enum { SOURCE, DESTINATION };

/* `destination` indented so far that it became a part of `source`. */
static bool is_nested(const appspec_work *work, cdp_node source, cdp_node *destination)
{
    return cdp_node_get_kind(work->document, source) == CDP_NODE_MAPPING &&
           cdp_node_find(work->document, source, CDP_STR("destination"), destination) != 0;
}

static void report_missing(appspec_work *work, cdp_diagnostic_code code, cdp_node node)
{
    cdp_appspec_report(work, &(appspec_finding){.code = code, .node = node});
}

static void read_file_mapping(appspec_work *work, cdp_node node, appspec_file *file)
{
    static const char *const names[] = {"source", "destination"};
    static const appspec_keys keys = {names, 2, false, "an entry of `files`", look_at_file_key};
    cdp_node found[APPSPEC_MOST_KEYS];
    cdp_node nested;

    cdp_appspec_sort_keys(work, node, &keys, found);
    file->source = cdp_appspec_take(work, cdp_appspec_value_of(work, found[SOURCE]));
    file->destination = cdp_appspec_take(work, cdp_appspec_value_of(work, found[DESTINATION]));
    if (!file->source.kind)
        report_missing(work, CDP_DIAGNOSTIC_FILE_SOURCE_MISSING,
                       found[SOURCE] ? found[SOURCE] : node);
    if (file->destination.kind)
        return;
    if (is_nested(work, file->source.node, &nested))
        report_missing(work, CDP_DIAGNOSTIC_FILE_DESTINATION_NESTED, nested);
    else
        report_missing(work, CDP_DIAGNOSTIC_FILE_DESTINATION_MISSING,
                       found[DESTINATION] ? found[DESTINATION] : node);
}

bool cdp_appspec_holds(cdp_string text, cdp_string word)
{
    for (size_t at = 0; at + word.length <= text.length; at++)
        if (memcmp(text.data + at, word.data, word.length) == 0)
            return true;
    return false;
}

bool cdp_appspec_is_accidental_entry(const appspec_work *work, cdp_node node)
{
    cdp_string text = cdp_node_text(work->document, node);
    cdp_scalar scalar;

    if (!text.data)
        return false;
    scalar = cdp_node_resolve(work->document, node);
    return (scalar.type == CDP_SCALAR_STRING || scalar.type == CDP_SCALAR_SYMBOL) &&
           cdp_appspec_holds(text, CDP_STR("source")) &&
           cdp_appspec_holds(text, CDP_STR("destination"));
}

static void read_file(appspec_work *work, cdp_node node, appspec_file *file)
{
    file->node = node;
    if (cdp_node_get_kind(work->document, node) == CDP_NODE_MAPPING) {
        read_file_mapping(work, node, file);
    } else if (cdp_appspec_is_accidental_entry(work, node)) {
        file->source = cdp_appspec_text_value(CDP_STR("source"));
        file->destination = cdp_appspec_text_value(CDP_STR("destination"));
        file->source.node = file->destination.node = node;
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_FILE_ENTRY_IS_TEXT,
                                     .node = node,
                                     .arguments = {cdp_node_text(work->document, node)},
                                 });
    } else {
        cdp_appspec_report_shape(work, node, "An entry of `files`",
                                 "a mapping with `source` and `destination`",
                                 "Write `- source: …` and below it `destination: …`, with both "
                                 "keys in the same column.");
    }
}

static void read_files(appspec_work *work, cdp_node list)
{
    size_t count = cdp_appspec_open_list(work, list, "files");
    cdp_appspec *appspec = work->appspec;
    cdp_node node = cdp_node_first_child(work->document, list);

    appspec->files_node = list;
    appspec->files = cdp_appspec_array(work, count, sizeof *appspec->files);
    if (!appspec->files)
        return;
    appspec->file_count = (uint32_t)count;
    for (size_t i = 0; i < count; i++, node = cdp_node_next_sibling(work->document, node))
        read_file(work, node, &appspec->files[i]);
}

static bool look_at_top_key(appspec_work *work, cdp_node key, cdp_string name)
{
    cdp_string bare = cdp_appspec_trim_invisible(name);
    bool is_event = is_one_of(bare, cdp_appspec_script_events, APPSPEC_SCRIPT_EVENTS) ||
                    is_one_of(bare, cdp_appspec_reserved_events, APPSPEC_RESERVED_EVENTS);

    if (is_event && bare.length < name.length)
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_APPSPEC_INVISIBLE_CHARACTER,
                                     .node = key,
                                     .arguments = {name, CDP_STR("`hooks`"), bare},
                                     .hint = CDP_STR("Indent `{2}` with ordinary blanks."),
                                 });
    else if (is_event)
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_APPSPEC_EVENT_AT_TOP_LEVEL,
                                     .node = key,
                                     .arguments = {name},
                                 });
    else if (cdp_string_equal_ignoring_case(name, CDP_STR("resources")))
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_APPSPEC_PLATFORM_CONFLICT,
                                     .node = key,
                                     .arguments = {name, CDP_STR("a Server AppSpec")},
                                 });
    else
        return false;
    return true;
}

enum { VERSION, OS, FILES, PERMISSIONS, HOOKS, FILE_EXISTS_BEHAVIOR };

void cdp_appspec_read_server(appspec_work *work, cdp_node root)
{
    static const char *const names[] = {"version",     "os",    "files",
                                        "permissions", "hooks", "file_exists_behavior"};
    static const appspec_keys keys = {names, 6, false, "a Server AppSpec", look_at_top_key};
    cdp_node found[APPSPEC_MOST_KEYS];
    cdp_node values[APPSPEC_MOST_KEYS];

    cdp_appspec_sort_keys(work, root, &keys, found);
    for (size_t i = 0; i < APPSPEC_MOST_KEYS; i++)
        values[i] = cdp_appspec_value_of(work, found[i]);
    cdp_appspec_read_version(work, found[VERSION], values[VERSION], false);
    read_os(work, found[OS], values[OS]);
    read_file_exists_behavior(work, values[FILE_EXISTS_BEHAVIOR]);
    read_files(work, values[FILES]);
    cdp_appspec_read_permissions(work, values[PERMISSIONS]);
    cdp_appspec_read_hooks(work, values[HOOKS]);
}

void cdp_appspec_check_server(appspec_work *work)
{
    if (work->appspec->os.kind)
        check_os(work);
    cdp_appspec_check_files(work);
    cdp_appspec_check_permissions(work);
    cdp_appspec_check_hooks(work);
    cdp_appspec_check_reach(work);
    cdp_appspec_check_bundle(work);
}
