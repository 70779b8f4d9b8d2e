/* SPDX-License-Identifier: MIT */
/*
 * How long `codedeploy validate` of a small file takes as a whole process, against /bin/true in the
 * same run: what an editor that checks on every save, or a hook of git, waits for.
 *
 * A step is many processes one after the other, so that the system's clocks are fine enough.
 */
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "race.h"

enum { PROCESSES = 40 };

typedef struct program {
    const char *arguments[4];
} program;

static bool run_once(const program *self)
{
    /* The cast is safe: posix_spawn() changes nothing. */
    char *const *arguments = (char *const *)(const void *)self->arguments;
    pid_t child;
    int status;

    if (posix_spawn(&child, arguments[0], NULL, NULL, arguments, environ) != 0 ||
        waitpid(child, &status, 0) != child)
        return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool run_many(void *context)
{
    for (int i = 0; i < PROCESSES; i++) {
        if (!run_once(context))
            return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    program nothing = {{"/bin/true", NULL}};
    program validate;
    race_contender reference = {.name = "/bin/true", .run = run_many, .context = &nothing};
    race_contender ours = {.name = "codedeploy validate", .run = run_many, .context = &validate};

    if (argc != 3) {
        fprintf(stderr, "usage: %s PATH-OF-CODEDEPLOY APPSPEC\n", argv[0]);
        return 2;
    }
    validate = (program){{argv[1], "validate", argv[2], NULL}};
    printf("%d processes each\n", PROCESSES);
    return race("a small file", &ours, &reference, 3) ? 0 : 1;
}
