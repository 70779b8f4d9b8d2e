/* SPDX-License-Identifier: MIT */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

int cli_usage(const cli_command *self, const char *format, ...)
{
    va_list arguments;

    fprintf(stderr, "codedeploy %s: ", self->name);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\nTry 'codedeploy %s --help'.\n", self->name);
    return CLI_USAGE;
}

int cli_unknown_code(const cli_command *self, const char *name)
{
    size_t count = cdp_diagnostic_code_count();
    const char **names = calloc(count, sizeof *names);
    size_t known = 0;
    size_t near;

    for (size_t i = 0; names && i < count; i++) {
        cdp_diagnostic_info info = {.size = sizeof info};

        if (cdp_diagnostic_info_get(cdp_diagnostic_code_at(i), &info) == CDP_OK)
            names[known++] = info.name;
    }
    near = cdp_suggest((cdp_string){name, strlen(name)}, names, known);
    if (near < known)
        cli_usage(self, "there is no diagnostic '%s'; did you mean '%s'?", name, names[near]);
    else
        cli_usage(self, "there is no diagnostic '%s'; 'codedeploy explain --list' names them all",
                  name);
    free(names);
    return CLI_USAGE;
}

int cli_fail(const char *format, ...)
{
    va_list arguments;

    fputs("codedeploy: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    return CLI_IO;
}

static bool read_stream(FILE *stream, const char *path, size_t limit, char **bytes, size_t *length)
{
    size_t capacity = 4096;
    size_t used = 0;
    char *buffer = malloc(capacity + 1);

    while (buffer) {
        used += fread(buffer + used, 1, capacity - used, stream);
        if (used < capacity || used > limit)
            break;
        capacity *= 2;
        char *grown = realloc(buffer, capacity + 1);
        if (!grown)
            free(buffer);
        buffer = grown;
    }
    if (!buffer) {
        cli_fail("%s: out of memory", path);
        return false;
    }
    if (ferror(stream)) {
        cli_fail("%s: %s", path, strerror(errno));
        free(buffer);
        return false;
    }
    if (used > limit)
        used = limit + 1;
    buffer[used] = '\0';
    *bytes = buffer;
    *length = used;
    return true;
}

bool cli_read(const char *path, size_t limit, char **bytes, size_t *length)
{
    FILE *stream;
    bool done;

    if (strcmp(path, "-") == 0)
        return read_stream(stdin, "standard input", limit, bytes, length);
    stream = fopen(path, "rb");
    if (!stream) {
        cli_fail("%s: %s", path, strerror(errno));
        return false;
    }
    done = read_stream(stream, path, limit, bytes, length);
    fclose(stream);
    return done;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

static bool replace_file(const char *path, const char *bytes, size_t length)
{
    size_t size = strlen(path) + sizeof ".XXXXXX";
    char *temporary = malloc(size);
    struct stat old;
    bool done = false;
    int fd;

    if (!temporary) {
        cli_fail("%s: out of memory", path);
        return false;
    }
    snprintf(temporary, size, "%s.XXXXXX", path);
    fd = mkstemp(temporary);
    if (fd >= 0) {
        if (stat(path, &old) == 0) {
            /* Without the right to give files away the new owner is ourselves; that is fine. */
            if (fchown(fd, old.st_uid, old.st_gid) != 0)
                errno = 0;
            done = fchmod(fd, old.st_mode & 07777) == 0;
        } else {
            done = fchmod(fd, 0644) == 0;
        }
        done = done && write_all(fd, bytes, length) && fsync(fd) == 0;
        done = close(fd) == 0 && done;
        done = done && rename(temporary, path) == 0;
    }
    if (!done) {
        cli_fail("%s: %s", path, strerror(errno));
        if (fd >= 0)
            unlink(temporary);
    }
    free(temporary);
    return done;
}

bool cli_replace_file(const char *path, const char *bytes, size_t length)
{
    /* Behind a symbolic link, the file that it leads to; what may not be written stays. */
    char *real = access(path, W_OK) == 0 ? realpath(path, NULL) : NULL;
    struct stat found;
    bool done = false;

    if (!real)
        cli_fail("%s: %s", path, strerror(errno));
    else if (stat(real, &found) == 0 && !S_ISREG(found.st_mode))
        cli_fail("%s: not a regular file", path);
    else
        done = replace_file(real, bytes, length);
    free(real);
    return done;
}

void cli_put(FILE *stream, cdp_string text)
{
    if (text.data)
        fwrite(text.data, 1, text.length, stream);
}

int cli_finish(int exit)
{
    if (fflush(stdout) != 0 || ferror(stdout))
        return cli_fail("standard output: %s", strerror(errno ? errno : EIO));
    return exit;
}

bool cli_wants_colour(FILE *stream)
{
    const char *force = getenv("CLICOLOR_FORCE");
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");

    if (no_colour && *no_colour)
        return false;
    if (force && *force && strcmp(force, "0") != 0)
        return true;
    return isatty(fileno(stream)) && terminal && strcmp(terminal, "dumb") != 0;
}

int cli_columns(FILE *stream)
{
    const char *columns = getenv("COLUMNS");
    struct winsize size;
    long number;

    if (ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    number = columns ? strtol(columns, NULL, 10) : 0;
    return number >= 20 && number <= 1000 ? (int)number : 80;
}

int cli_choice(const cli_command *self, const char *option, const char *word,
               const char *const *words, size_t count)
{
    size_t near;

    for (size_t i = 0; i < count; i++) {
        if (strcmp(word, words[i]) == 0)
            return (int)i;
    }
    fprintf(stderr, "codedeploy %s: %s does not take '%s'; it takes", self->name, option, word);
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, "%s %s", i == 0 ? "" : i + 1 < count ? "," : " or", words[i]);
    near = cdp_suggest((cdp_string){word, strlen(word)}, words, count);
    if (near < count)
        fprintf(stderr, " (did you mean %s?)", words[near]);
    fprintf(stderr, "\nTry 'codedeploy %s --help'.\n", self->name);
    return -1;
}

bool cli_is_option(const char *word, const char *longer, const char *shorter)
{
    return strcmp(word, longer) == 0 || strcmp(word, shorter) == 0;
}

bool cli_is_local(const char *program)
{
    const char *name = strrchr(program, '/');

    return strcmp(name ? name + 1 : program, "codedeploy-local") == 0;
}

int cli_dispatch(const cli_command *command, int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[1], "help") == 0) {
            fputs(command->help, stdout);
            return cli_finish(CLI_CLEAN);
        }
        if (i > 1 && strcmp(argv[i], "--version") == 0) {
            printf("codedeploy %s\n", cdp_version());
            return cli_finish(CLI_CLEAN);
        }
    }
    return cli_finish(command->run(command, argc - 1, argv + 1));
}
