/* SPDX-License-Identifier: MIT */
#include "host.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

#define PROGRAM "codedeploy-host"

/* The folder of the program that runs, without a slash at its end. */
static bool find_own_folder(char folder[PATH_MAX])
{
    ssize_t length = readlink("/proc/self/exe", folder, PATH_MAX - 1);
    char *slash;

    if (length <= 0)
        return false;
    folder[length] = '\0';
    slash = strrchr(folder, '/');
    if (slash)
        *slash = '\0';
    return slash != NULL;
}

/* Returns only when there is no such program: any other failure is told, and ends this one. */
static void try(const char *folder, const char *way, char **argv)
{
    char path[PATH_MAX + sizeof CLI_HOST_WAY + sizeof CLI_HOST_FOLDER + sizeof PROGRAM];

    snprintf(path, sizeof path, "%s/%s%s", folder, way, PROGRAM);
    execv(path, argv);
    if (errno != ENOENT && errno != ENOTDIR)
        _exit(cli_fail("%s: %s", path, strerror(errno)));
}

int host_become(char **argv)
{
    char folder[PATH_MAX];

    fflush(stdout);
    if (find_own_folder(folder)) {
        /* As it is installed, wherever that has been moved to; as it is built. */
        try(folder, CLI_HOST_WAY, argv);
        try(folder, "", argv);
    }
    try(CLI_HOST_FOLDER, "", argv);
    return cli_fail("%s is not installed; it belongs into %s", PROGRAM, CLI_HOST_FOLDER);
}
