/* SPDX-License-Identifier: MIT */
/* Bundles that mean harm, or are broken: each is refused by name, leaves nothing, touches nothing. */
#include "archives.h"

#include <codedeploy-posix/codedeploy-posix.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a bundle must not touch: a file and a directory beside its destination. */
static void set_out_victims(const char *folder)
{
    scratch_write(scratch_path(folder, "victim"), 0644, "untouched", 9);
    scratch_directory(scratch_path(folder, "outside"));
}

static void check_victims(const char *folder)
{
    struct stat info;

    assert_string_equal(scratch_read(scratch_path(folder, "victim"), NULL), "untouched");
    assert_int_equal(stat(scratch_path(folder, "victim"), &info), 0);
    assert_int_equal(info.st_nlink, 1);
    assert_int_equal(rmdir(scratch_path(folder, "outside")), 0);
    assert_int_equal(unlink(scratch_path(folder, "victim")), 0);
    assert_false(scratch_exists(scratch_path(folder, "out")));
    assert_false(scratch_exists(scratch_path(folder, "out.partial")));
}

static cdp_posix_bundle_options options_for(const char *folder, const char *path,
                                            cdp_posix_bundle_type type)
{
    return (cdp_posix_bundle_options){
        .size = sizeof(cdp_posix_bundle_options),
        .location = str(path),
        .type = type,
        .destination = str(scratch_path(folder, "out")),
    };
}

/* Unpacks and expects to be refused with `code`, naming `entry`. */
static void expect_refused(const char *folder, const cdp_posix_bundle_options *options,
                           cdp_diagnostic_code code, const char *entry)
{
    cdp_diagnostics *diagnostics = scratch_diagnostics();
    cdp_status status;
    const char *message;

    set_out_victims(folder);
    status = cdp_posix_bundle_unpack(options, diagnostics);
    message = scratch_message(diagnostics, code);
    if (!*message || !strstr(message, entry)) {
        cdp_diagnostic finding = {.size = sizeof finding};

        if (cdp_diagnostics_at(diagnostics, 0, &finding) == CDP_OK)
            print_error("said: %s\n", finding.message.data);
        fail_msg("expected %d about %s", (int)code, entry);
    }
    assert_int_equal(status, code == CDP_DIAGNOSTIC_BUNDLE_LIMIT ? CDP_ERR_LIMIT : CDP_ERR_INVALID);
    check_victims(folder);
}

static void expect_bytes_refused(const char *folder, made_bytes *archive,
                                 cdp_posix_bundle_type type, cdp_diagnostic_code code,
                                 const char *entry)
{
    cdp_posix_bundle_options options =
        options_for(folder, made_save(archive, folder, "bundle"), type);

    expect_refused(folder, &options, code, entry);
}

/* The same attack as tar, as tgz and, where it can be one, as zip. */
static void expect_tar_refused(const char *folder, made_bytes *archive, cdp_diagnostic_code code,
                               const char *entry)
{
    made_bytes packed = {0};

    tar_end(archive);
    made_put(&packed, archive->data, archive->length);
    gzip(&packed);
    expect_bytes_refused(folder, archive, CDP_POSIX_BUNDLE_TAR, code, entry);
    expect_bytes_refused(folder, &packed, CDP_POSIX_BUNDLE_TGZ, code, entry);
}

static void expect_zip_refused(const char *folder, const zip_member *members, size_t count,
                               cdp_diagnostic_code code, const char *entry)
{
    made_bytes archive = {0};

    zip_make(&archive, members, count);
    expect_bytes_refused(folder, &archive, CDP_POSIX_BUNDLE_ZIP, code, entry);
}

static void names_that_lead_out(void **state)
{
    static const char *const names[] = {
        "/etc/owned", "../victim",  "a/../../victim", "..", "a/b/../../../outside/x",
        "//x",        "./../victim"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const zip_member member = {.name = names[i], .content = "x", .length = 1};
        made_bytes tar = {0};

        tar_file(&tar, "harmless", "x");
        tar_file(&tar, names[i], "owned");
        expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_ENTRY_OUTSIDE, names[i]);
        expect_zip_refused(*state, &member, 1, CDP_DIAGNOSTIC_BUNDLE_ENTRY_OUTSIDE, names[i]);
        tar_pax(&tar, "path", names[i]);
        tar_file(&tar, "harmless", "owned");
        expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_ENTRY_OUTSIDE, names[i]);
        tar_long_name(&tar, names[i]);
        tar_file(&tar, "harmless", "owned");
        expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_ENTRY_OUTSIDE, names[i]);
        tar_directory(&tar, names[i]);
        expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_ENTRY_OUTSIDE, names[i]);
    }
}

static void backslashes_that_lead_out(void **state)
{
    const zip_member member = {.name = "..\\victim", .content = "x", .length = 1};

    expect_zip_refused(*state, &member, 1, CDP_DIAGNOSTIC_BUNDLE_ENTRY_OUTSIDE, "../victim");
}

static void writing_through_a_link(void **state)
{
    const zip_member members[] = {
        {.name = "in/", .mode = 0040755},
        {.name = "link", .content = "in", .length = 2, .mode = 0120777},
        {.name = "link/x", .content = "x", .length = 1, .mode = 0100644},
    };
    made_bytes tar = {0};

    tar_directory(&tar, "in");
    tar_symlink(&tar, "link", "in");
    tar_file(&tar, "link/x", "owned");
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_THROUGH_LINK, "link/x");
    expect_zip_refused(*state, members, 3, CDP_DIAGNOSTIC_BUNDLE_THROUGH_LINK, "link/x");
    /* The link itself is written over. */
    tar_symlink(&tar, "link", "in");
    tar_file(&tar, "link", "owned");
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_DUPLICATE, "link");
    tar_symlink(&tar, "link", "in");
    tar_directory(&tar, "link");
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_DUPLICATE, "link");
    tar_file(&tar, "file", "x");
    tar_file(&tar, "file/x", "owned");
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_BELOW_FILE, "file/x");
}

static void links_that_lead_out(void **state)
{
    static const char *const targets[] = {"/etc/passwd", "..", "../victim", "a/../../victim",
                                          "dot/../victim"};
    const zip_member member = {.name = "l", .content = "../victim", .length = 9, .mode = 0120777};
    made_bytes tar = {0};

    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        tar_directory(&tar, "a");
        tar_symlink(&tar, "dot", ".");
        tar_symlink(&tar, "l", targets[i]);
        expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_LINK_OUTSIDE, targets[i]);
    }
    expect_zip_refused(*state, &member, 1, CDP_DIAGNOSTIC_BUNDLE_LINK_OUTSIDE, "../victim");
    /* By way of a link that comes later, and of one in the middle of the way. */
    tar_symlink(&tar, "a/b/c/l", "../../x/../..");
    tar_symlink(&tar, "a/x", "../y");
    tar_directory(&tar, "y");
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_LINK_OUTSIDE, "a/b/c/l");
    tar_symlink(&tar, "dot", ".");
    tar_symlink(&tar, "x/y", "../dot/../victim");
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_LINK_OUTSIDE, "x/y");
    /* Inside as the archive stands, outside once its single top directory is gone. */
    tar_file(&tar, "top/appspec.yml", "");
    tar_symlink(&tar, "top/l", "../top/appspec.yml");
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_LINK_OUTSIDE, "top/l");
    /* What is not there yet may be made later. */
    tar_symlink(&tar, "l", "later/../../victim");
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_LINK_OUTSIDE, "l");
}

static void hard_links(void **state)
{
    static const char *const targets[] = {"/etc/passwd", "../victim", "later", "link",
                                          "dir",         "",          "hard"};
    made_bytes tar = {0};

    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        tar_directory(&tar, "dir");
        tar_symlink(&tar, "link", "later");
        tar_add(&tar, "hard", '1', 0644, NULL, 0, targets[i]);
        tar_file(&tar, "later", "x");
        expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_HARD_LINK, "hard");
    }
}

static void special_files(void **state)
{
    static const char types[] = {'3', '4', '6'};
    const zip_member fifo = {.name = "dev", .mode = 0010644};
    const zip_member device = {.name = "dev", .mode = 0020644};
    const zip_member device_socket = {.name = "dev", .mode = 0140644};
    made_bytes tar = {0};

    for (size_t i = 0; i < sizeof types; i++) {
        tar_add(&tar, "dev", types[i], 0644, NULL, 0, NULL);
        expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_SPECIAL_FILE, "dev");
    }
    expect_zip_refused(*state, &fifo, 1, CDP_DIAGNOSTIC_BUNDLE_SPECIAL_FILE, "dev");
    expect_zip_refused(*state, &device, 1, CDP_DIAGNOSTIC_BUNDLE_SPECIAL_FILE, "dev");
    expect_zip_refused(*state, &device_socket, 1, CDP_DIAGNOSTIC_BUNDLE_SPECIAL_FILE, "dev");
}

static void set_id_bits(void **state)
{
    const zip_member member = {.name = "prog", .content = "x", .length = 1, .mode = 0104755};
    made_bytes tar = {0};

    tar_add(&tar, "prog", '0', 04755, "x", 1, NULL);
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_SET_ID, "prog");
    tar_add(&tar, "prog", '0', 02711, "x", 1, NULL);
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_SET_ID, "prog");
    expect_zip_refused(*state, &member, 1, CDP_DIAGNOSTIC_BUNDLE_SET_ID, "prog");
}

static void duplicates(void **state)
{
    const zip_member members[] = {
        {.name = "dir/file", .content = "1", .length = 1},
        {.name = "dir/file", .content = "2", .length = 1},
    };
    made_bytes tar = {0};

    tar_file(&tar, "dir/file", "1");
    tar_file(&tar, "./dir//file", "2");
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_DUPLICATE, "./dir//file");
    expect_zip_refused(*state, members, 2, CDP_DIAGNOSTIC_BUNDLE_DUPLICATE, "dir/file");
    tar_directory(&tar, "dir");
    tar_file(&tar, "dir", "x");
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_DUPLICATE, "dir");
    tar_file(&tar, "dir", "x");
    tar_directory(&tar, "dir");
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_DUPLICATE, "dir");
}

/* Names that differ in case only are told; a flood of them is refused. */
static void case_tricks(void **state)
{
    cdp_diagnostics *diagnostics = scratch_diagnostics();
    cdp_posix_bundle_options options;
    made_bytes tar = {0};

    tar_file(&tar, "dir/README", "1");
    tar_file(&tar, "dir/readme", "2");
    tar_file(&tar, "DIR/x", "3");
    tar_end(&tar);
    options = options_for(*state, made_save(&tar, *state, "bundle"), CDP_POSIX_BUNDLE_TAR);
    assert_int_equal(cdp_posix_bundle_unpack(&options, diagnostics), CDP_OK);
    assert_int_equal(cdp_diagnostics_count(diagnostics), 2);
    assert_string_equal(scratch_message(diagnostics, CDP_DIAGNOSTIC_BUNDLE_CASE_ONLY),
                        "The entries dir/readme and dir/README of the bundle differ only in case.");
    assert_string_equal(scratch_read(scratch_path(*state, "out/dir/README"), NULL), "1");
    assert_string_equal(scratch_read(scratch_path(*state, "out/DIR/x"), NULL), "3");
    scratch_remove(scratch_path(*state, "out"));
    for (unsigned i = 0; i < 1 << 10; i++) {
        char name[] = "abcdefghij";

        for (unsigned bit = 0; bit < 10; bit++)
            name[bit] = (char)(i >> bit & 1 ? name[bit] - 32 : name[bit]);
        tar_file(&tar, name, "");
    }
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_LIMIT, "differ only in case");
}

static void names_that_cannot_be(void **state)
{
    char name[6000];
    made_bytes tar = {0};

    memset(name, 'n', 256);
    name[256] = '\0';
    tar_pax(&tar, "path", name);
    tar_file(&tar, "x", "");
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_NAME, "longer than 255");
    for (size_t i = 0; i < 300; i++)
        memcpy(name + 2 * i, "d/", 3);
    tar_pax(&tar, "path", name);
    tar_file(&tar, "x", "");
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_NAME, "255 directories deep");
    for (size_t i = 0; i < 5000; i++)
        name[i] = i % 200 ? 'd' : '/';
    name[0] = 'x';
    name[5000] = '\0';
    tar_pax(&tar, "path", name);
    tar_file(&tar, "x", "");
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_NAME, "longer than 4095");
    tar_file(&tar, "./.", "");
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_NAME, "it is empty");
    tar_add(&tar, "l", '2', 0777, NULL, 0, "");
    expect_tar_refused(*state, &tar, CDP_DIAGNOSTIC_BUNDLE_NAME, "links to nothing");
}

/* ---------------------------------------------------------------------------------------------
 * Too much
 */

static void too_many_entries(void **state)
{
    made_bytes tar = {0};
    cdp_posix_bundle_options options;

    for (int i = 0; i < 10; i++) {
        char name[16];

        snprintf(name, sizeof name, "d%d/f", i);
        tar_file(&tar, name, "");
    }
    tar_end(&tar);
    options = options_for(*state, made_save(&tar, *state, "bundle"), CDP_POSIX_BUNDLE_TAR);
    options.entries = 19;
    expect_refused(*state, &options, CDP_DIAGNOSTIC_BUNDLE_LIMIT, "19 entries");
    /* The same directory again and again counts too. */
    for (int i = 0; i < 100; i++)
        tar_directory(&tar, "d");
    tar_end(&tar);
    options = options_for(*state, made_save(&tar, *state, "bundle"), CDP_POSIX_BUNDLE_TAR);
    options.entries = 99;
    expect_refused(*state, &options, CDP_DIAGNOSTIC_BUNDLE_LIMIT, "99 entries");
}

static void bombs(void **state)
{
    enum { SIZE = 8 << 20 };
    char *zeros = calloc(1, SIZE);
    zip_member members[33];
    made_bytes bomb = {0};
    cdp_posix_bundle_options options;

    for (size_t i = 0; i < 33; i++) {
        char *name = malloc(8);

        snprintf(name, 8, "f%zu", i);
        members[i] = (zip_member){.name = name, .content = zeros, .length = SIZE, .method = 8};
    }
    /* 264 MiB from 264 KiB: more than 256 MiB, more than 200 times as much. */
    zip_make(&bomb, members, 33);
    expect_bytes_refused(*state, &bomb, CDP_POSIX_BUNDLE_ZIP, CDP_DIAGNOSTIC_BUNDLE_LIMIT,
                         "268435456 bytes");
    tar_add(&bomb, "big", '0', 0644, zeros, SIZE, NULL);
    tar_end(&bomb);
    gzip(&bomb);
    options = options_for(*state, made_save(&bomb, *state, "bundle"), CDP_POSIX_BUNDLE_TGZ);
    options.bytes = SIZE - 1;
    expect_refused(*state, &options, CDP_DIAGNOSTIC_BUNDLE_LIMIT, "8388607 bytes");
    /* A tar that tells of far more than there is, and one that goes on after its end. */
    tar_add(&bomb, "far", '0', 0644, NULL, (size_t)7 << 30, NULL);
    tar_end(&bomb);
    expect_bytes_refused(*state, &bomb, CDP_POSIX_BUNDLE_TAR, CDP_DIAGNOSTIC_BUNDLE_LIMIT,
                         "bytes when unpacked");
    tar_file(&bomb, "small", "x");
    tar_end(&bomb);
    for (int i = 0; i < 9; i++)
        made_put(&bomb, zeros, SIZE);
    gzip(&bomb);
    options = options_for(*state, made_save(&bomb, *state, "bundle"), CDP_POSIX_BUNDLE_TGZ);
    options.bytes = 1000;
    expect_refused(*state, &options, CDP_DIAGNOSTIC_BUNDLE_LIMIT, "1000 bytes");
    for (size_t i = 0; i < 33; i++)
        free((void *)(uintptr_t)members[i].name);
    free(zeros);
}

static void overlapping_entries(void **state)
{
    const zip_member same[] = {
        {.name = "a", .content = "12345", .length = 5},
        {.name = "a", .central_name = "b", .content = "12345", .length = 5, .overlaps = 1},
    };

    expect_zip_refused(*state, same, 2, CDP_DIAGNOSTIC_BUNDLE_DAMAGED, "share their bytes");
}

/* ---------------------------------------------------------------------------------------------
 * Damage
 */

static void zips_with_two_faces(void **state)
{
    const zip_member two_names = {.name = "a", .central_name = "b", .content = "x", .length = 1};
    const zip_member longer = {
        .name = "a", .content = "xyz", .length = 3, .method = 8, .more_bytes = 2};
    const zip_member shorter = {
        .name = "a", .content = "xyz", .length = 3, .method = 8, .more_bytes = -1};
    const zip_member wrong = {.name = "a", .content = "x", .length = 1, .more_crc = 1};
    const zip_member locked = {.name = "a", .content = "x", .length = 1, .flags = 1};
    const zip_member odd = {.name = "a", .content = "x", .length = 1, .method = 12};
    const zip_member garbage = {.name = "link", .content = "a\0b", .length = 3, .mode = 0120777};

    expect_zip_refused(*state, &two_names, 1, CDP_DIAGNOSTIC_BUNDLE_DAMAGED, "two names");
    expect_zip_refused(*state, &longer, 1, CDP_DIAGNOSTIC_BUNDLE_DAMAGED, "less data");
    expect_zip_refused(*state, &shorter, 1, CDP_DIAGNOSTIC_BUNDLE_DAMAGED, "more data");
    expect_zip_refused(*state, &wrong, 1, CDP_DIAGNOSTIC_BUNDLE_DAMAGED, "checksum is wrong");
    expect_zip_refused(*state, &locked, 1, CDP_DIAGNOSTIC_BUNDLE_UNSUPPORTED, "encrypted");
    expect_zip_refused(*state, &odd, 1, CDP_DIAGNOSTIC_BUNDLE_UNSUPPORTED, "method 12");
    expect_zip_refused(*state, &garbage, 1, CDP_DIAGNOSTIC_BUNDLE_DAMAGED, "NUL byte");
}

/* A good bundle of each type, cut off at every length, and with every byte changed: it is refused,
 * or unpacks to the whole, never to a part. */
static void make_good(made_bytes *archive, cdp_posix_bundle_type type)
{
    static const zip_member members[] = {
        {.name = "appspec.yml", .content = "version: 0.0\nos: linux\n", .length = 23, .method = 8},
        {.name = "dir/file", .content = "content", .length = 7},
    };

    if (type == CDP_POSIX_BUNDLE_ZIP) {
        zip_make(archive, members, 2);
        return;
    }
    tar_file(archive, "appspec.yml", "version: 0.0\nos: linux\n");
    tar_file(archive, "dir/file", "content");
    tar_end(archive);
    if (type == CDP_POSIX_BUNDLE_TGZ)
        gzip(archive);
}

static void unpack_broken(const char *folder, const made_bytes *archive, size_t length,
                          cdp_posix_bundle_type type, bool must_fail)
{
    const char *path = scratch_path(folder, "bundle");
    cdp_posix_bundle_options options = options_for(folder, path, type);
    cdp_status status;

    scratch_write(path, 0644, archive->data, length);
    status = cdp_posix_bundle_unpack(&options, NULL);
    assert_false(scratch_exists(scratch_path(folder, "out.partial")));
    if (status != CDP_OK) {
        assert_false(scratch_exists(options.destination.data));
        return;
    }
    if (must_fail)
        fail_msg("%s cut off at %zu was taken", cdp_posix_bundle_type_name(type), length);
    scratch_remove(options.destination.data);
}

static void cut_off_anywhere(void **state)
{
    for (int type = CDP_POSIX_BUNDLE_ZIP; type <= CDP_POSIX_BUNDLE_TGZ; type++) {
        made_bytes archive = {0};
        size_t whole;
        size_t step = type == CDP_POSIX_BUNDLE_TAR ? 37 : 1;

        make_good(&archive, (cdp_posix_bundle_type)type);
        /* One of the two blocks of zeros at the end of a tar may be missing: so much is usual. */
        whole = type == CDP_POSIX_BUNDLE_TAR ? archive.length - 512 : archive.length;
        for (size_t length = 0; length < whole; length += step)
            unpack_broken(*state, &archive, length, (cdp_posix_bundle_type)type, true);
        unpack_broken(*state, &archive, archive.length, (cdp_posix_bundle_type)type, false);
        made_free(&archive);
    }
}

static void changed_anywhere(void **state)
{
    for (int type = CDP_POSIX_BUNDLE_ZIP; type <= CDP_POSIX_BUNDLE_TGZ; type++) {
        made_bytes archive = {0};
        size_t step = type == CDP_POSIX_BUNDLE_TAR ? 17 : 1;

        make_good(&archive, (cdp_posix_bundle_type)type);
        for (size_t at = 0; at < archive.length; at += step) {
            archive.data[at] ^= (char)(1 << at % 8);
            unpack_broken(*state, &archive, archive.length, (cdp_posix_bundle_type)type, false);
            archive.data[at] ^= (char)(1 << at % 8);
        }
        made_free(&archive);
    }
}

static void damage_is_named(void **state)
{
    made_bytes archive = {0};

    make_good(&archive, CDP_POSIX_BUNDLE_TGZ);
    archive.data[archive.length - 6] ^= 1; /* the checksum */
    expect_bytes_refused(*state, &archive, CDP_POSIX_BUNDLE_TGZ, CDP_DIAGNOSTIC_BUNDLE_DAMAGED,
                         "checksum");
    make_good(&archive, CDP_POSIX_BUNDLE_TGZ);
    archive.length -= 9;
    expect_bytes_refused(*state, &archive, CDP_POSIX_BUNDLE_TGZ, CDP_DIAGNOSTIC_BUNDLE_TRUNCATED,
                         "compressed data");
    make_good(&archive, CDP_POSIX_BUNDLE_TAR);
    archive.length -= 1024;
    expect_bytes_refused(*state, &archive, CDP_POSIX_BUNDLE_TAR, CDP_DIAGNOSTIC_BUNDLE_TRUNCATED,
                         "end mark");
    make_good(&archive, CDP_POSIX_BUNDLE_TAR);
    archive.length -= 1536;
    expect_bytes_refused(*state, &archive, CDP_POSIX_BUNDLE_TAR, CDP_DIAGNOSTIC_BUNDLE_TRUNCATED,
                         "middle of an entry");
    make_good(&archive, CDP_POSIX_BUNDLE_ZIP);
    archive.length -= 30;
    expect_bytes_refused(*state, &archive, CDP_POSIX_BUNDLE_ZIP, CDP_DIAGNOSTIC_BUNDLE_TRUNCATED,
                         "no directory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_scratch(names_that_lead_out),
        in_scratch(backslashes_that_lead_out),
        in_scratch(writing_through_a_link),
        in_scratch(links_that_lead_out),
        in_scratch(hard_links),
        in_scratch(special_files),
        in_scratch(set_id_bits),
        in_scratch(duplicates),
        in_scratch(case_tricks),
        in_scratch(names_that_cannot_be),
        in_scratch(too_many_entries),
        in_scratch(bombs),
        in_scratch(overlapping_entries),
        in_scratch(zips_with_two_faces),
        in_scratch(cut_off_anywhere),
        in_scratch(changed_anywhere),
        in_scratch(damage_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
