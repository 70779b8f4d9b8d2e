/* SPDX-License-Identifier: MIT */
/* Shows what rolling a scenario's deployment back at some moment would do. */
#include <getopt.h>
#include <string.h>

#include "commands.h"
#include "scenario.h"
#include "time_text.h"

static const char *const formats[] = {"text", "json"};
/* In the order of cdp_rollback_cause, from 1. */
static const char *const causes[] = {"failure", "alarm", "request", "manual"};

static int print_plan(const cdp_rollback_plan *plan, int format)
{
    cdp_rollback_plan_info info = {.size = sizeof info};
    cdp_text *text = NULL;
    cdp_status status = cdp_text_new(NULL, &text);

    if (status == CDP_OK)
        status = format == 0 ? cdp_rollback_plan_render(plan, text)
                             : cdp_rollback_plan_write(plan, 2, text);
    if (status == CDP_OK) {
        cdp_string written = cdp_text_string(text);

        cli_put(stdout, written);
        if (written.length == 0 || written.data[written.length - 1] != '\n')
            putchar('\n');
        status = cdp_rollback_plan_get_info(plan, &info);
    }
    cdp_text_free(text);
    if (status != CDP_OK)
        return cli_fail("out of memory");
    return info.possible ? CLI_CLEAN : CLI_FINDINGS;
}

/* Whoever deploys by hand begins with what there is: what the last deployment has left. */
static const cdp_deployment *deployment_for(const scenario *s, int cause)
{
    size_t last = cdp_sim_host_deployment_count(s->host) - 1;

    return cdp_sim_host_deployment_at(s->host, cause == CDP_ROLLBACK_CAUSE_MANUAL ? last : 0);
}

static int show(const scenario *s, int64_t at_ms, int cause, int format)
{
    cdp_rollback_plan *plan = NULL;
    cdp_status status = cdp_sim_host_run(s->host, at_ms);
    const cdp_deployment *asked = deployment_for(s, cause);
    int exit;

    /* What has ended says itself why; of what runs the question is what if it failed now. */
    if (cause == 0 && !cdp_deployment_is_over(asked))
        cause = CDP_ROLLBACK_CAUSE_FAILURE;
    if (status == CDP_OK)
        status = cdp_deployment_plan_rollback(asked, (cdp_rollback_cause)cause,
                                              (cdp_string){NULL, 0}, NULL, NULL, &plan);
    if (status != CDP_OK)
        return cli_fail("there is no plan: %s", cdp_status_message(status));
    exit = print_plan(plan, format);
    cdp_rollback_plan_free(plan);
    return exit;
}

static int run(const cli_command *self, int argc, char **argv)
{
    static const struct option options[] = {{"scenario", required_argument, NULL, 's'},
                                            {"at", required_argument, NULL, 't'},
                                            {"cause", required_argument, NULL, 'c'},
                                            {"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    const char *file = NULL;
    int64_t at_ms = -1;
    int cause = 0;
    int format = 0;
    scenario s;
    int option;
    int exit;

    while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
        if (option == 's')
            file = optarg;
        else if (option == 't' && !time_parse(optarg, 1000, &at_ms))
            return cli_usage(self, "--at: '%s' is not a time; write 90s, 7m or 1h", optarg);
        else if (option == 'c' && (cause = 1 + cli_choice(self, "--cause", optarg, causes, 4)) < 1)
            return CLI_USAGE;
        else if (option == 'f' && (format = cli_choice(self, "--format", optarg, formats, 2)) < 0)
            return CLI_USAGE;
        else if (option == ':' || option == '?')
            return cli_usage(self, option == ':' ? "%s needs a value" : "there is no option %s",
                             argv[optind - 1]);
    }
    if (optind < argc)
        return cli_usage(self, "'%s' is not an option", argv[optind]);
    if (!file || at_ms < 0)
        return cli_usage(self, "say which deployment, and when: --scenario FILE --at TIME");
    exit = scenario_open(&s, file, true);
    if (exit == CLI_CLEAN)
        exit = show(&s, at_ms, cause, format);
    scenario_close(&s);
    return exit;
}

const cli_command cli_command_rollback_plan = {
    "rollback-plan",
    "show what rolling back at a moment would do",
    "Usage: codedeploy rollback-plan --scenario FILE --at TIME [OPTION]...\n"
    "\n"
    "Plays a scenario (see 'codedeploy run') up to a moment and shows what rolling its deployment\n"
    "back would do then: whether it is possible, to what, in which steps, what comes back, what\n"
    "does not, and how long it takes. Nothing is rolled back.\n"
    "\n"
    "  --scenario FILE     '-' is standard input\n"
    "  --at TIME           since the start: 90s, 7m, 1h\n"
    "  --cause CAUSE       why: failure (default while it runs), alarm, request or manual\n"
    "  --format F          text (default) or json\n"
    "  --help, --version\n"
    "\n"
    "Exit status: 0 it is possible, 1 it is not or the scenario has errors, 2 wrong use, 3 a file\n"
    "cannot be read or output cannot be written.\n",
    run,
};
