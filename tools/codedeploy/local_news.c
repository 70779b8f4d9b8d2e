/* SPDX-License-Identifier: MIT */
/* A deployment, told as it goes: lines and a bar for people, JSON lines for programs. */
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "json.h"
#include "local.h"

/* ---- signals ---- */

static volatile sig_atomic_t interrupted;

static void interrupt(int number)
{
    interrupted = number;
}

/* A file of ours must not be taken for the terminal. */
static void open_standard(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) < 0)
            return;
    }
}

void local_watch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    /* The second of a kind has its usual effect. */
    struct sigaction action = {.sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND};

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction before;

        /* `nohup` means it. */
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    }
    open_standard();
    signal(SIGPIPE, SIG_IGN);
    /* A file that is too large is an error like others. */
    signal(SIGXFSZ, SIG_IGN);
}

bool local_is_interrupted(void)
{
    return interrupted != 0;
}

/* ---- news ---- */

typedef struct local_teller {
    bool as_json;
    bool has_bar;  /* standard error is a terminal */
    int begun;     /* deployments; the second is the rollback */
    uint64_t told; /* how far Install was when it was last told */
} teller;

/* Hundredths of objects and of bytes: news that changes neither is none. */
static bool is_news(teller *t, const cdp_install_progress *progress)
{
    uint64_t objects = progress->objects_total ? progress->objects_total : 1;
    uint64_t bytes = progress->bytes_total ? progress->bytes_total : 1;
    uint64_t now =
        progress->objects * 100 / objects * 1000 + progress->bytes / (bytes / 100 + 1) + 1;

    if (now == t->told)
        return false;
    t->told = now;
    return true;
}

static void print_bar(const cdp_install_progress *progress)
{
    enum { WIDTH = 20 };
    uint64_t total = progress->objects_total ? progress->objects_total : 1;
    int done = (int)(progress->objects * WIDTH / total);

    /* A large file moves the bar too. */
    if (progress->bytes_total > 0)
        done = (done + (int)(progress->bytes * WIDTH / progress->bytes_total)) / 2;
    fprintf(stderr, "\r  [%-*.*s] %" PRIu64 " of %" PRIu64 ", %.1f of %.1f MB", WIDTH, done,
            "####################", progress->objects, progress->objects_total,
            (double)progress->bytes / 1e6, (double)progress->bytes_total / 1e6);
    fflush(stderr);
}

static void end_bar(teller *t)
{
    if (t->has_bar && t->told)
        fputs("\r\33[K", stderr);
    t->told = 0;
}

static void tell_text(teller *t, const cdp_posix_news *news)
{
    switch (news->kind) {
    case CDP_POSIX_NEWS_BEGUN:
        if (t->begun++ > 0)
            puts("The last successful revision is deployed again.");
        printf("Deployment %s in %s\n", news->deployment_id.data, news->text.data);
        break;
    case CDP_POSIX_NEWS_EVENT_BEGUN:
    case CDP_POSIX_NEWS_WAITING:
        break;
    case CDP_POSIX_NEWS_LOG:
        if (news->log_kind == CDP_POSIX_LOG_STDOUT || news->log_kind == CDP_POSIX_LOG_STDERR) {
            fputs(news->log_kind == CDP_POSIX_LOG_STDERR ? "    ! " : "    | ", stdout);
            cli_put(stdout, news->text);
            putchar('\n');
        }
        break;
    case CDP_POSIX_NEWS_PROGRESS:
        if (t->has_bar && is_news(t, news->progress))
            print_bar(news->progress);
        break;
    case CDP_POSIX_NEWS_EVENT_ENDED:
        end_bar(t);
        printf("  %-22s %s\n", news->event.data, news->status.data);
        break;
    case CDP_POSIX_NEWS_REVERTED:
        puts("  The files of the revision before are back.");
        break;
    case CDP_POSIX_NEWS_ENDED:
        printf("Deployment %s: %s\n", news->deployment_id.data, news->status.data);
        break;
    }
    fflush(stdout);
}

static const char *const kind_names[] = {"",         "deployment-begun", "event-begun",
                                         "log",      "progress",         "event-ended",
                                         "reverted", "deployment-ended"};
static const char *const log_names[] = {"", "event", "script", "stdout", "stderr"};

static void tell_json(const cdp_posix_news *news)
{
    json j = {.stream = stdout};

    json_open(&j, NULL, '{');
    json_c_string(&j, "kind", kind_names[news->kind]);
    json_string(&j, "deploymentId", news->deployment_id);
    if (news->event.data)
        json_string(&j, "event", news->event);
    if (news->status.data)
        json_string(&j, "status", news->status);
    if (news->kind == CDP_POSIX_NEWS_LOG)
        json_c_string(&j, "stream", log_names[news->log_kind]);
    if (news->text.data)
        json_string(&j, "text", news->text);
    if (news->progress) {
        json_string(&j, "path", news->progress->path);
        json_int(&j, "objects", (int64_t)news->progress->objects);
        json_int(&j, "objectsTotal", (int64_t)news->progress->objects_total);
        json_int(&j, "bytes", (int64_t)news->progress->bytes);
        json_int(&j, "bytesTotal", (int64_t)news->progress->bytes_total);
    }
    json_close(&j, '}');
    fflush(stdout);
}

static cdp_status tell(const cdp_posix_news *news, void *user)
{
    const local_settings *s = user;
    teller *t = s->teller;

    if (news->kind == CDP_POSIX_NEWS_WAITING)
        return interrupted ? CDP_ERR_CANCELLED : CDP_OK;
    if (t->as_json && (!news->progress || is_news(t, news->progress)))
        tell_json(news);
    else if (!t->as_json)
        tell_text(t, news);
    return interrupted ? CDP_ERR_CANCELLED : CDP_OK;
}

/* As the official command: the script's name, its code, message and last lines. */
static void print_failure(const cdp_posix_deployment *deployment)
{
    cdp_string tail = cdp_posix_deployment_log_tail(deployment);

    fprintf(stderr, "codedeploy: %s failed", cdp_posix_deployment_id(deployment).data);
    if (cdp_posix_deployment_failed_event(deployment).data)
        fprintf(stderr, " in %s", cdp_posix_deployment_failed_event(deployment).data);
    fprintf(stderr, " (error code %d)", cdp_posix_deployment_error_code(deployment));
    if (cdp_posix_deployment_failed_script(deployment).data)
        fprintf(stderr, ", script %s", cdp_posix_deployment_failed_script(deployment).data);
    fputs(": ", stderr);
    cli_put(stderr, cdp_posix_deployment_message(deployment));
    fputc('\n', stderr);
    if (tail.length > 0) {
        fputs("last lines of its output:\n", stderr);
        cli_put(stderr, tail);
    }
}

static void print_end(const cdp_posix_deployment *deployment)
{
    const cdp_posix_deployment *rollback = cdp_posix_deployment_rollback(deployment);

    if (!cdp_posix_deployment_succeeded(deployment))
        print_failure(deployment);
    if (interrupted && !cdp_posix_deployment_succeeded(deployment))
        fputs("codedeploy: stopped; `codedeploy rollback` deploys the last successful revision "
              "again\n",
              stderr);
    if (rollback)
        fprintf(stderr, "codedeploy: rolled back by %s, which %s\n",
                cdp_posix_deployment_id(rollback).data,
                cdp_posix_deployment_succeeded(rollback) ? "succeeded" : "failed");
}

int local_deploy(local_settings *s, const char *earlier)
{
    teller t = {.as_json = s->as_json, .has_bar = !s->as_json && isatty(STDERR_FILENO)};
    cdp_posix_deployment *deployment = NULL;
    cdp_diagnostics *diagnostics = NULL;
    cdp_status status = cdp_diagnostics_new(NULL, NULL, &diagnostics);

    s->deploy.size = sizeof s->deploy;
    s->deploy.news = tell;
    s->deploy.user = s;
    s->deploy.overlap = 1;
    s->deploy.no_bytes_total = !t.as_json && !t.has_bar;
    s->teller = &t;
    local_watch_signals();
    if (status == CDP_OK && earlier)
        status = cdp_posix_redeploy(&s->deploy, (cdp_string){earlier, strlen(earlier)}, diagnostics,
                                    &deployment);
    else if (status == CDP_OK)
        status = cdp_posix_deploy(&s->deploy, diagnostics, &deployment);
    local_print_diagnostics(diagnostics);
    if (deployment)
        print_end(deployment);
    else if (status != CDP_OK && cdp_diagnostics_count(diagnostics) == 0)
        fprintf(stderr, "codedeploy: %s\n", cdp_status_message(status));
    cdp_posix_deployment_free(deployment);
    cdp_diagnostics_free(diagnostics);
    return status == CDP_OK ? CLI_CLEAN : CLI_FINDINGS;
}
