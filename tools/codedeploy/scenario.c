/* SPDX-License-Identifier: MIT */
/* The deployment of a scenario, put together from its file. */
#include "scenario.h"

#include <stdlib.h>
#include <string.h>

/* What a group has when the file does not say; "computePlatform" follows. */
static const char *const group_defaults[][2] = {
    {"applicationName", "\"app\""},
    {"deploymentGroupName", "\"group\""},
    {"serviceRoleArn", "\"arn:aws:iam::111122223333:role/codedeploy\""},
};

enum { MOST_INSTANCES = 10000 };

static const char *const keys[] = {"name",    "platform", "id",        "group",     "config",
                                   "appspec", "earlier",  "instances", "originals", "provisioned",
                                   "options", "takes",    "results",   "alarms",    "inputs"};
enum {
    NAME,
    PLATFORM,
    ID,
    GROUP,
    CONFIG,
    APPSPEC,
    EARLIER,
    INSTANCES,
    ORIGINALS,
    PROVISIONED,
    OPTIONS,
    TAKES,
    RESULTS,
    ALARMS,
    INPUTS,
    KEYS
};

static cdp_string text_of(const char *text)
{
    return (cdp_string){text, strlen(text)};
}

static bool has_key(scenario *s, const yaml_node_t *node, const char *key)
{
    return scenario_member(s, node, text_of(key)) != NULL;
}

static cdp_diagnostics *begin_findings(scenario *s)
{
    cdp_diagnostics *found = NULL;

    if (cdp_diagnostics_new(NULL, NULL, &found) != CDP_OK)
        s->failed = cli_fail("out of memory");
    return found;
}

static void end_findings(scenario *s, const yaml_node_t *node, cdp_diagnostics *found,
                         cdp_status status, const char *about)
{
    if (status == CDP_ERR_NOMEM)
        s->failed = cli_fail("out of memory");
    else
        scenario_pass_on(s, node, found, about, status != CDP_OK);
    cdp_diagnostics_free(found);
}

/* ---- what the deployment is made from ---- */

static void read_platform(scenario *s, const yaml_node_t *node)
{
    if (!node)
        scenario_complain(s, scenario_root(s), "'platform' is missing: Server, Lambda or ECS");
    else if (cdp_platform_from_name(scenario_string(s, node), &s->platform) != CDP_OK ||
             s->platform == CDP_PLATFORM_AUTO)
        scenario_complain(s, node, "a platform is Server, Lambda or ECS");
}

static void read_group(scenario *s, const yaml_node_t *node)
{
    char extra[512] = "";
    size_t length = 0;
    cdp_diagnostics *found;
    cdp_string json;

    if (!node || node->type != YAML_MAPPING_NODE) {
        scenario_complain(s, node ? node : scenario_root(s),
                          "%s: the deployment group, a mapping with members such as "
                          "deploymentConfigName, which may be empty: {}",
                          node ? "'group' must be a mapping" : "'group' is missing");
        return;
    }
    for (size_t i = 0; i < sizeof group_defaults / sizeof *group_defaults; i++) {
        if (!has_key(s, node, group_defaults[i][0]))
            length += (size_t)snprintf(extra + length, sizeof extra - length, "\"%s\":%s,",
                                       group_defaults[i][0], group_defaults[i][1]);
    }
    if (!has_key(s, node, "computePlatform"))
        length += (size_t)snprintf(extra + length, sizeof extra - length,
                                   "\"computePlatform\":\"%s\",", cdp_platform_name(s->platform));
    if (length)
        extra[length - 1] = '\0';
    json = scenario_json(s, node, extra);
    found = s->failed ? NULL : begin_findings(s);
    if (found)
        end_findings(s, node, found,
                     cdp_group_parse(json.data, json.length, NULL, found, &s->group), "group");
    s->options.group = s->group;
}

static void read_config(scenario *s, const yaml_node_t *node)
{
    cdp_diagnostics *found;
    cdp_string json;

    if (!node)
        return;
    found = begin_findings(s);
    if (!found)
        return;
    if (node->type == YAML_SCALAR_NODE) {
        end_findings(s, node, found,
                     cdp_config_find(scenario_string(s, node), NULL, 0, found, &s->options.config),
                     "config");
        return;
    }
    json = scenario_json(s, node, NULL);
    if (s->failed) {
        cdp_diagnostics_free(found);
        return;
    }
    end_findings(s, node, found,
                 cdp_config_parse(json.data, json.length, CDP_CONFIG_SHAPE_INFO, NULL, NULL, found,
                                  &s->config),
                 "config");
    s->options.config = s->config;
}

/* An AppSpec stands in the file itself: as a mapping, or as a text. */
static cdp_appspec *read_appspec(scenario *s, const yaml_node_t *node)
{
    cdp_appspec_options options = {.size = sizeof options, .platform = s->platform};
    cdp_appspec *appspec = NULL;
    cdp_diagnostics *found;
    cdp_string text;

    if (!node)
        return NULL;
    text = node->type == YAML_SCALAR_NODE ? scenario_string(s, node) : scenario_json(s, node, NULL);
    found = s->failed ? NULL : begin_findings(s);
    if (found)
        end_findings(s, node, found,
                     cdp_appspec_parse(text.data, text.length, &options, found, &appspec),
                     "appspec");
    return appspec;
}

/* Steps with waits and gates, as `codedeploy traffic --steps` takes them. */
static void read_schedule(scenario *s, const yaml_node_t *node)
{
    cdp_string text = scenario_string(s, node);
    cdp_diagnostics *found = text.data ? begin_findings(s) : NULL;

    if (text.data && s->platform == CDP_PLATFORM_SERVER)
        scenario_complain(s, node, "no traffic shifts in steps on Server");
    if (found)
        end_findings(
            s, node, found,
            cdp_traffic_schedule_parse(text.data, text.length, NULL, NULL, found, &s->schedule),
            "schedule");
    s->options.schedule = s->platform == CDP_PLATFORM_SERVER ? NULL : s->schedule;
}

static void read_options(scenario *s, const yaml_node_t *node)
{
    static const char *const names[] = {"description",
                                        "creator",
                                        "fileExistsBehavior",
                                        "ignoreApplicationStopFailures",
                                        "updateOutdatedInstancesOnly",
                                        "alarm-policy",
                                        "alarm-poll",
                                        "limit",
                                        "live-membership",
                                        "autoRollbackConfiguration",
                                        "alarmConfiguration",
                                        "network-load-balancer",
                                        "schedule"};
    enum {
        DESCRIPTION,
        CREATOR,
        FILES,
        IGNORE,
        OUTDATED,
        POLICY,
        POLL,
        LIMIT,
        LIVE,
        ROLLBACK,
        WATCHED,
        NLB,
        SCHEDULE,
        COUNT
    };
    static const cdp_rollout_options live = {.size = sizeof live, .live_membership = 1};
    const yaml_node_t *v[COUNT];
    cdp_deployment_options *o = &s->options;

    if (!scenario_take(s, node, names, COUNT, v))
        return;
    SCENARIO_WORD(s, v[CREATOR], cdp_deployment_creator, &o->creator, "creator");
    SCENARIO_WORD(s, v[FILES], cdp_file_exists_behavior, &o->file_exists_behavior,
                  "behavior for files that exist");
    SCENARIO_WORD(s, v[POLICY], cdp_alarm_policy, &o->alarm_policy, "policy");
    if (o->creator == CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK)
        scenario_complain(s, v[CREATOR],
                          "a rollback is played when the deployment is rolled back; it cannot be "
                          "the first deployment");
    o->description = scenario_string(s, v[DESCRIPTION]);
    o->ignore_application_stop_failures = scenario_flag(s, v[IGNORE]);
    o->update_outdated_instances_only = scenario_flag(s, v[OUTDATED]);
    o->alarm_poll_ms = scenario_time(s, v[POLL], 0);
    o->limit_ms = scenario_time(s, v[LIMIT], 0);
    if (scenario_flag(s, v[LIVE]))
        o->rollout = &live;
    o->network_load_balancer = scenario_flag(s, v[NLB]);
    if (o->network_load_balancer && s->platform != CDP_PLATFORM_ECS)
        scenario_complain(s, v[NLB], "only an ECS service has one in front of it");
    scenario_read_auto_rollback(s, v[ROLLBACK]);
    scenario_read_watched(s, v[WATCHED]);
    read_schedule(s, v[SCHEDULE]);
}

/* The revision that is deployed, and the one that was deployed before. */
static void read_earlier(scenario *s, const yaml_node_t *node)
{
    s->revision = (cdp_group_revision){.size = sizeof s->revision,
                                       .type = CDP_REVISION_TYPE_S3,
                                       .bucket = text_of("revisions"),
                                       .key = text_of("new.zip")};
    s->earlier_revision = s->revision;
    s->earlier_revision.key = text_of("earlier.zip");
    if (s->platform == CDP_PLATFORM_SERVER)
        s->options.revision = &s->revision;
    s->past = (cdp_rollback_past){.size = sizeof s->past,
                                  .id = node ? scenario_string(s, node) : text_of("d-EARLIER01"),
                                  .status = CDP_DEPLOYMENT_STATUS_SUCCEEDED,
                                  .revision = &s->earlier_revision};
    if (s->past.id.data && strcmp(s->past.id.data, "none") == 0)
        return;
    s->options.past = &s->past;
    s->options.past_count = 1;
}

/* ---- instances ---- */

/* The last successful revision, if there is one, is on the instances that serve. Replacements that
 * are new have none of it. */
static cdp_revision_health usual_revision(const scenario *s, int original)
{
    cdp_group_basics basics = {.size = sizeof basics};
    bool serves = original;

    if (!original && s->group && cdp_group_get_basics(s->group, &basics) == CDP_OK)
        serves = basics.deployment_type != CDP_DEPLOYMENT_TYPE_BLUE_GREEN;
    return serves && s->options.past_count ? CDP_REVISION_HEALTH_CURRENT : CDP_REVISION_HEALTH_OLD;
}

/* At least two: i-01, and i-001 of more than 99. */
static int digits_of(size_t number)
{
    return number > 9999 ? 5 : number > 999 ? 4 : number > 99 ? 3 : 2;
}

/* Adds those of a list, or as many as a number says, behind the others. */
static void read_instances(scenario *s, const yaml_node_t *node, const char *prefix, int original,
                           cdp_rollout_instance **list, size_t *count)
{
    bool is_number = node && node->type == YAML_SCALAR_NODE;
    cdp_revision_health revision = usual_revision(s, original);
    size_t more = is_number ? (size_t)scenario_number(s, node, 0) : scenario_length(s, node);
    cdp_rollout_instance *grown;

    if (s->failed || !node)
        return;
    if (s->platform != CDP_PLATFORM_SERVER) {
        scenario_complain(s, node, "there are no instances on %s", cdp_platform_name(s->platform));
        return;
    }
    if (more > MOST_INSTANCES) {
        scenario_complain(s, node, "more than %d instances", MOST_INSTANCES);
        return;
    }
    grown = realloc(*list, (*count + more + 1) * sizeof *grown);
    if (!grown) {
        s->failed = cli_fail("out of memory");
        return;
    }
    *list = grown;
    for (size_t i = 0; i < more && !s->failed; i++) {
        cdp_rollout_instance instance = {.size = sizeof instance,
                                         .instance_health = CDP_INSTANCE_HEALTHY,
                                         .revision_health = revision};
        char id[64];

        if (is_number) {
            snprintf(id, sizeof id, "%s-%0*u", prefix, digits_of(more), (unsigned)i + 1);
            instance.id = scenario_own(s, strdup(id));
        } else {
            instance = scenario_instance(s, scenario_item(s, node, i), revision);
        }
        instance.original = original;
        (*list)[(*count)++] = instance;
    }
}

/* ---- all of it ---- */

static void make_host(scenario *s)
{
    cdp_diagnostics *found = begin_findings(s);

    s->host_options.size = sizeof s->host_options;
    s->host_options.deployment = &s->options;
    s->host_options.instances = s->instances;
    s->host_options.instance_count = s->instance_count;
    s->host_options.provisioned = s->provisioned;
    s->host_options.provisioned_count = s->provisioned_count;
    if (found)
        end_findings(s, scenario_root(s), found,
                     cdp_sim_host_new(&s->host_options, NULL, found, &s->host), "deployment");
}

static void read_all(scenario *s)
{
    const yaml_node_t *v[KEYS];

    if (!scenario_take(s, scenario_root(s), keys, KEYS, v))
        return;
    s->name = v[NAME] ? scenario_string(s, v[NAME]).data : NULL;
    s->options.size = sizeof s->options;
    s->options.id = v[ID] ? scenario_string(s, v[ID]) : text_of("d-SIM000001");
    read_platform(s, v[PLATFORM]);
    if (s->failed)
        return;
    read_group(s, v[GROUP]);
    read_config(s, v[CONFIG]);
    s->appspec = read_appspec(s, v[APPSPEC]);
    s->options.appspec = s->appspec;
    read_earlier(s, v[EARLIER]);
    read_options(s, v[OPTIONS]);
    read_instances(s, v[INSTANCES], "i", 0, &s->instances, &s->instance_count);
    read_instances(s, v[ORIGINALS], "blue", 1, &s->instances, &s->instance_count);
    read_instances(s, v[PROVISIONED], "green", 0, &s->provisioned, &s->provisioned_count);
    s->host_options.answer_ms = scenario_time(s, v[TAKES], 0);
    if (!s->failed)
        make_host(s);
    if (s->failed)
        return;
    scenario_know_targets(s, v[INPUTS]);
    scenario_read_results(s, v[RESULTS]);
    scenario_read_alarms(s, v[ALARMS]);
    scenario_read_inputs(s, v[INPUTS]);
}

int scenario_open(scenario *s, const char *file, bool tells_warnings)
{
    bool is_standard_input = strcmp(file, "-") == 0;

    *s = (scenario){.file = file,
                    .shown = is_standard_input ? "standard input" : file,
                    .tells_warnings = tells_warnings};
    if (scenario_load(s))
        read_all(s);
    if (!s->name)
        s->name = s->shown;
    return s->failed;
}

void scenario_close(scenario *s)
{
    cdp_sim_host_free(s->host);
    cdp_appspec_free(s->appspec);
    cdp_config_free(s->config);
    cdp_group_free(s->group);
    cdp_traffic_schedule_free(s->schedule);
    free(s->alarm_names);
    free(s->instances);
    free(s->provisioned);
    for (size_t i = 0; i < s->made_count; i++)
        free(s->made[i]);
    free(s->made);
    free(s->targets.items);
    if (s->has_document)
        yaml_document_delete(&s->document);
    free(s->bytes);
}
