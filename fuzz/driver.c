/* SPDX-License-Identifier: MIT */
/*
 * Replays inputs through a harness, without libFuzzer: every file that is named, and every file in
 * every folder that is named. The ordinary tests run the corpora this way.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t replayed;

/* A block of exactly the file's size, so that a sanitizer sees what is read behind its end. */
static uint8_t *read_all(FILE *file, size_t *size)
{
    long length = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    uint8_t *data = length >= 0 ? malloc(length ? (size_t)length : 1) : NULL;

    rewind(file);
    if (data && fread(data, 1, (size_t)length, file) != (size_t)length) {
        free(data);
        return NULL;
    }
    *size = (size_t)length;
    return data;
}

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t size = 0;
    uint8_t *data = file ? read_all(file, &size) : NULL;

    if (file)
        fclose(file);
    if (!data) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return 1;
    }
    (void)LLVMFuzzerTestOneInput(data, size);
    replayed++;
    free(data);
    return 0;
}

static int replay(const char *path)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    int failed = 0;

    if (!folder)
        return replay_file(path);
    while ((entry = readdir(folder))) {
        char name[4096];

        if (entry->d_name[0] == '.')
            continue;
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        failed |= replay_file(name);
    }
    closedir(folder);
    return failed;
}

int main(int argc, char **argv)
{
    int failed = 0;

    for (int i = 1; i < argc; i++)
        failed |= replay(argv[i]);
    printf("%zu inputs\n", replayed);
    return failed || replayed == 0;
}
