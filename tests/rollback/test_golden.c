/* SPDX-License-Identifier: MIT */
/*
 * Whole plans as they are written: NAME.txt holds a situation, NAME.json and NAME.out its plan.
 *
 *     test_golden FOLDER NAME...
 *
 * With CODEDEPLOY_UPDATE_GOLDEN in the environment the plans are written in place of compared.
 */
#include "situation.h"

#include <stdio.h>
#include <stdlib.h>

static char contents[65536];

static const char *read_file(const char *folder, const char *name, const char *extension)
{
    char path[1024];
    FILE *file;
    size_t length;

    snprintf(path, sizeof path, "%s/%s.%s", folder, name, extension);
    file = fopen(path, "rb");
    if (!file)
        return NULL;
    length = fread(contents, 1, sizeof contents - 1, file);
    contents[length] = '\0';
    fclose(file);
    return contents;
}

static int compare(const char *folder, const char *name, const char *extension,
                   const cdp_text *text)
{
    const char *made = cdp_text_string(text).data;
    const char *expected;

    if (getenv("CODEDEPLOY_UPDATE_GOLDEN")) {
        char path[1024];
        FILE *file;

        snprintf(path, sizeof path, "%s/%s.%s", folder, name, extension);
        file = fopen(path, "wb");
        if (!file || fputs(made, file) < 0 || fclose(file) != 0)
            return 1;
    }
    expected = read_file(folder, name, extension);
    if (expected && strcmp(expected, made) == 0)
        return 0;
    printf("%s.%s is not what the plan is:\n%s", name, extension, made);
    return 1;
}

static int check(const char *folder, const char *name)
{
    const char *words = read_file(folder, name, "txt");
    cdp_rollback_plan *plan = NULL;
    cdp_text *text = NULL;
    static situation s;
    int failed = 0;

    if (!words) {
        printf("there is no %s.txt\n", name);
        return 1;
    }
    situation_read(&s, words);
    if (cdp_rollback_plan_new(&s.it, NULL, NULL, &plan) != CDP_OK ||
        cdp_text_new(NULL, &text) != CDP_OK) {
        printf("%s: no plan\n", name);
        return 1;
    }
    failed |= cdp_rollback_plan_write(plan, 2, text) != CDP_OK;
    failed |= cdp_text_append(text, "\n", 1) != CDP_OK;
    failed |= compare(folder, name, "json", text);
    cdp_text_clear(text);
    failed |= cdp_rollback_plan_render(plan, text) != CDP_OK;
    failed |= compare(folder, name, "out", text);
    cdp_text_free(text);
    cdp_rollback_plan_free(plan);
    situation_free(&s);
    return failed;
}

int main(int argc, char **argv)
{
    int failed = argc < 3;

    for (int i = 2; i < argc; i++)
        failed |= check(argv[1], argv[i]);
    return failed;
}
