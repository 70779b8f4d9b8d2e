/* SPDX-License-Identifier: MIT */
/* A deployment, told as it goes: lines and a bar for people, JSON lines for programs. */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "json.h"
#include "local.h"

typedef struct teller {
    bool as_json;
    bool has_bar;  /* standard error is a terminal */
    uint64_t told; /* tenths of Install that were told */
} teller;

static void print_bar(teller *t, const cdp_install_progress *progress)
{
    uint64_t total = progress->objects_total ? progress->objects_total : 1;
    int tenths = (int)(progress->objects * 20 / total);

    /* A terminal is slow, and nobody can read that fast. */
    if (!t->has_bar || progress->objects % (total / 500 + 1) != 0)
        return;
    fprintf(stderr, "\r  [%-20.*s] %" PRIu64 " of %" PRIu64 " files", tenths,
            "####################", progress->objects, progress->objects_total);
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
        printf("Deployment %s in %s\n", news->deployment_id.data, news->text.data);
        break;
    case CDP_POSIX_NEWS_EVENT_BEGUN:
        break;
    case CDP_POSIX_NEWS_LOG:
        if (news->log_kind == CDP_POSIX_LOG_STDOUT || news->log_kind == CDP_POSIX_LOG_STDERR) {
            fputs(news->log_kind == CDP_POSIX_LOG_STDERR ? "    ! " : "    | ", stdout);
            cli_put(stdout, news->text);
            putchar('\n');
        }
        break;
    case CDP_POSIX_NEWS_PROGRESS:
        t->told++;
        print_bar(t, news->progress);
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
    teller *t = user;

    if (t->as_json)
        tell_json(news);
    else
        tell_text(t, news);
    return CDP_OK;
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
    s->deploy.user = &t;
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
