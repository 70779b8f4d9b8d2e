/* SPDX-License-Identifier: MIT */
/*
 * What an install reads back of its own and the official agent's files. The first byte chooses:
 *
 *   0  a cleanup record
 *   1  install.json
 *   2  a journal, and behind a NUL byte the phase that it is in; recovery goes by them
 *
 * The second byte lets a request for memory fail, or for a journal a call of the file system; '0'
 * none.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <codedeploy-sim/filesystem.h>
#include <codedeploy/install.h>
#include <codedeploy/install_apply.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds)
{
    if (!holds)
        abort();
}

/* ---- memory that runs out once ---- */

static unsigned requests_left;

static void *allocate(size_t bytes, void *user)
{
    (void)user;
    return requests_left > 0 && --requests_left == 0 ? NULL : malloc(bytes);
}

static void *reallocate(void *pointer, size_t old_bytes, size_t new_bytes, void *user)
{
    (void)old_bytes;
    (void)user;
    return requests_left > 0 && --requests_left == 0 ? NULL : realloc(pointer, new_bytes);
}

static void release(void *pointer, size_t bytes, void *user)
{
    (void)bytes;
    (void)user;
    free(pointer);
}

static const cdp_allocator allocator = {sizeof(cdp_allocator), allocate, reallocate, release, NULL};

static cdp_string text(const char *c)
{
    return (cdp_string){c, strlen(c)};
}

/* ---- cleanup records ---- */

/* What a record may name: no path that leads elsewhere. */
static void must_be_plain(cdp_string path)
{
    must(path.length > 1 && path.data[0] == '/' && !memchr(path.data, '\0', path.length));
    must(path.data[path.length - 1] != '/');
    for (size_t i = 0; i + 1 < path.length; i++)
        must(path.data[i] != '/' || path.data[i + 1] != '/');
    for (size_t i = 0; i < path.length; i++) {
        size_t left = path.length - i;

        if (path.data[i] != '/')
            continue;
        must(!(left >= 2 && path.data[i + 1] == '.' && (left == 2 || path.data[i + 2] == '/')));
        must(!(left >= 3 && path.data[i + 1] == '.' && path.data[i + 2] == '.' &&
               (left == 3 || path.data[i + 3] == '/')));
    }
}

static void fuzz_record(const char *bytes, size_t length)
{
    cdp_install_record *record = NULL;
    cdp_install_record *again = NULL;
    cdp_text *written = NULL;
    cdp_status status = cdp_install_record_parse(bytes, length, &allocator, NULL, &record);

    requests_left = 0;
    must(status == CDP_OK || status == CDP_ERR_NOMEM);
    must(cdp_text_new(NULL, &written) == CDP_OK);
    for (size_t i = 0; i < cdp_install_record_count(record); i++) {
        cdp_install_record_kind kind;
        cdp_string path;

        must(cdp_install_record_at(record, i, &kind, &path) == CDP_OK);
        must_be_plain(path);
        must(cdp_install_record_put(written, kind, path) == CDP_OK);
    }
    /* Written again it is read to the same. */
    must(cdp_install_record_parse(cdp_text_string(written).data, cdp_text_string(written).length,
                                  NULL, NULL, &again) == CDP_OK);
    must(cdp_install_record_count(again) == cdp_install_record_count(record));
    for (size_t i = 0; i < cdp_install_record_count(record); i++) {
        cdp_install_record_kind kinds[2];
        cdp_string paths[2];

        must(cdp_install_record_at(record, i, &kinds[0], &paths[0]) == CDP_OK);
        must(cdp_install_record_at(again, i, &kinds[1], &paths[1]) == CDP_OK);
        must(kinds[0] == kinds[1] && paths[0].length == paths[1].length &&
             memcmp(paths[0].data, paths[1].data, paths[0].length) == 0);
    }
    cdp_text_free(written);
    cdp_install_record_free(again);
    cdp_install_record_free(record);
}

/* ---- install.json ---- */

static void fuzz_instructions(const char *bytes, size_t length)
{
    cdp_install_instructions *instructions = NULL;
    cdp_diagnostics *diagnostics = NULL;
    cdp_status status;
    unsigned left = requests_left;

    requests_left = 0;
    must(cdp_diagnostics_new(NULL, NULL, &diagnostics) == CDP_OK);
    requests_left = left;
    status =
        cdp_install_instructions_parse(bytes, length, &allocator, NULL, diagnostics, &instructions);
    requests_left = 0;
    must(status == CDP_OK || status == CDP_ERR_NOMEM ||
         cdp_diagnostics_count_at_least(diagnostics, CDP_SEVERITY_ERROR) > 0);
    for (size_t i = 0; i < cdp_install_instructions_count(instructions); i++) {
        cdp_install_instruction found = {.size = sizeof found};

        must(cdp_install_instructions_at(instructions, i, &found) == CDP_OK);
        must(strcmp(cdp_install_instruction_type_name(found.type), "unknown") != 0);
    }
    cdp_install_instructions_free(instructions);
    cdp_diagnostics_free(diagnostics);
}

/* ---- journals ---- */

/* A machine in the middle of an install called d-1, as the seeds have it. */
static void lay_out(cdp_sim_fs *fs)
{
    static const struct {
        const char *path;
        const char *content;
    } files[] = {
        {"/srv/a", "new"},
        {"/srv/b", "old"},
        {"/srv/.codedeploy-d-1/o0", "old"},
        {"/srv/.codedeploy-d-1/n1", "new"},
        {"/srv/d/x", "other"},
        {"/etc/passwd", "victim"},
    };

    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        must(cdp_sim_fs_put_file(fs, CDP_FS_DESTINATION, text(files[i].path), 0644,
                                 text(files[i].content)) == CDP_OK);
    must(cdp_sim_fs_put_file(fs, CDP_FS_STATE, text("/g-cleanup.old"), 0600,
                             text("/srv/a\n/srv\n")) == CDP_OK);
    must(cdp_sim_fs_put_file(fs, CDP_FS_STATE, text("/g-cleanup.new"), 0600,
                             text("/srv/a\n/srv/c\n")) == CDP_OK);
    must(cdp_sim_fs_put_file(fs, CDP_FS_STATE, text("/g-install.json.old"), 0600,
                             text("{\"instructions\":[]}")) == CDP_OK);
}

static void fuzz_journal(const char *bytes, size_t length)
{
    const char *end = memchr(bytes, '\0', length);
    size_t journal = end ? (size_t)(end - bytes) : length;
    cdp_sim_fault fault = {.size = sizeof fault, .at = requests_left, .status = CDP_ERR_IO};
    cdp_install_outcome outcome = CDP_INSTALL_NOTHING_TO_RECOVER;
    cdp_fs fs = {.size = sizeof fs};
    cdp_sim_fs *sim = NULL;
    cdp_status status;

    requests_left = 0;
    must(cdp_sim_fs_new(NULL, &sim) == CDP_OK);
    must(cdp_sim_fs_callbacks(sim, &fs) == CDP_OK);
    lay_out(sim);
    must(cdp_sim_fs_put_file(sim, CDP_FS_STATE, text("/g-journal"), 0600,
                             (cdp_string){bytes, journal}) == CDP_OK);
    if (end)
        must(cdp_sim_fs_put_file(sim, CDP_FS_STATE, text("/g-journal.phase"), 0600,
                                 (cdp_string){end + 1, length - journal - 1}) == CDP_OK);
    must(cdp_sim_fs_set_fault(sim, &fault) == CDP_OK);
    status = cdp_install_recover(NULL, &fs, text("g"), CDP_INSTALL_CHOOSE_REVERT, NULL, &outcome);
    fault.at = 0;
    must(cdp_sim_fs_set_fault(sim, &fault) == CDP_OK);
    if (status != CDP_OK && status != CDP_ERR_CORRUPT)
        status =
            cdp_install_recover(NULL, &fs, text("g"), CDP_INSTALL_CHOOSE_REVERT, NULL, &outcome);
    /* What was recovered is over. */
    if (status == CDP_OK)
        must(cdp_install_recover(NULL, &fs, text("g"), CDP_INSTALL_CHOOSE_REVERT, NULL, &outcome) ==
                 CDP_OK &&
             outcome == CDP_INSTALL_NOTHING_TO_RECOVER);
    cdp_sim_fs_free(sim);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* A copy with nothing behind it. */
    char *bytes;

    if (size < 2)
        return 0;
    bytes = malloc(size - 2 ? size - 2 : 1);
    must(bytes != NULL);
    memcpy(bytes, data + 2, size - 2);
    requests_left = data[1] == '0' ? 0 : data[1];
    switch (data[0]) {
    case '0':
        fuzz_record(bytes, size - 2);
        break;
    case '1':
        fuzz_instructions(bytes, size - 2);
        break;
    case '2':
        fuzz_journal(bytes, size - 2);
        break;
    default:
        break;
    }
    requests_left = 0;
    free(bytes);
    return 0;
}
