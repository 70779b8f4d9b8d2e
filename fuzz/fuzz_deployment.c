/* SPDX-License-Identifier: MIT */
/*
 * Deployments. The first byte chooses what the others are:
 *
 *   0  a snapshot as it is     1  a snapshot that gets the right check: what is taken goes on
 *   2  lines of a log          3… options, instances, then inputs in any order; what callbacks answer
 *      (done, pending, refused, unheard) and how the clock jumps is chosen by the bytes, too
 *
 * The second byte lets a request for memory fail; 0 and '0' none. Whatever happens: one final status,
 * weights that add up, nothing asked for after the end, a refused input that changed nothing; and a
 * host that does all that it is asked for from now on brings the deployment to its end, and the
 * traffic of a rollback to the original.
 */
#include "fuzzing.h"

#include <codedeploy/codedeploy.h>
#include <codedeploy/host.h>
#include <codedeploy/records.h>

enum { MOST = 12, PATIENCE = 20000, RESTORED = 12 };

#define HEAD                                                                                       \
    "{\"applicationName\":\"app\",\"deploymentGroupName\":\"group\",\"serviceRoleArn\":"           \
    "\"arn:aws:iam::111122223333:role/deploy\","
#define BLUE_GREEN                                                                                 \
    "\"deploymentStyle\":{\"deploymentType\":\"BLUE_GREEN\",\"deploymentOption\":"                 \
    "\"WITH_TRAFFIC_CONTROL\"},"
#define ALARMS                                                                                     \
    "\"alarmConfiguration\":{\"enabled\":true,\"alarms\":[{\"name\":\"a\"},{\"name\":\"b\"}]},"
#define READY(action, minutes)                                                                     \
    "\"blueGreenDeploymentConfiguration\":{\"terminateBlueInstancesOnDeploymentSuccess\":{"        \
    "\"action\":\"TERMINATE\",\"terminationWaitTimeInMinutes\":5},\"deploymentReadyOption\":{"     \
    "\"actionOnTimeout\":\"" action "\"" minutes "}},"
#define TAIL                                                                                       \
    "\"triggerConfigurations\":[{\"triggerName\":\"t\",\"triggerTargetArn\":"                      \
    "\"arn:aws:sns:us-east-1:111122223333:t\",\"triggerEvents\":[\"DeploymentStart\","             \
    "\"DeploymentFailure\",\"DeploymentReady\",\"InstanceFailure\"]}],"                            \
    "\"autoRollbackConfiguration\":{\"enabled\":true,\"events\":[\"DEPLOYMENT_FAILURE\","          \
    "\"DEPLOYMENT_STOP_ON_ALARM\",\"DEPLOYMENT_STOP_ON_REQUEST\"]}}"

typedef struct place {
    cdp_platform platform;
    const char *group;
    const char *appspec;
} place;

#define LAMBDA                                                                                     \
    "{version: 0.0, Resources: [{fn: {Type: 'AWS::Lambda::Function', Properties: {Name: fn, "      \
    "Alias: live, CurrentVersion: '1', TargetVersion: '2'}}}], "                                   \
    "Hooks: [{BeforeAllowTraffic: before}, {AfterAllowTraffic: after}]}"
#define ECS                                                                                        \
    "{version: 0.0, Resources: [{TargetService: {Type: 'AWS::ECS::Service', Properties: {"         \
    "TaskDefinition: 'arn:aws:ecs:us-east-1:111122223333:task-definition/app:2', "                 \
    "LoadBalancerInfo: {ContainerName: app, ContainerPort: 80}}}}], "                              \
    "Hooks: [{BeforeInstall: a}, {AfterAllowTestTraffic: b}, {AfterAllowTraffic: c}]}"
#define SERVER                                                                                     \
    "{version: 0.0, os: linux, files: [{source: /, destination: /srv}], "                          \
    "hooks: {BeforeInstall: [{location: a.sh}], ApplicationStart: [{location: b.sh}]}}"

static const place places[] = {
    {CDP_PLATFORM_LAMBDA,
     HEAD
     "\"deploymentConfigName\":\"CodeDeployDefault.LambdaLinear10PercentEvery1Minute\"," BLUE_GREEN
         ALARMS TAIL,
     LAMBDA},
    {CDP_PLATFORM_ECS,
     HEAD
     "\"deploymentConfigName\":\"CodeDeployDefault.ECSCanary10Percent5Minutes\"," BLUE_GREEN READY(
         "STOP_DEPLOYMENT", ",\"waitTimeInMinutes\":10") ALARMS
     "\"ecsServices\":[{\"clusterName\":\"c\",\"serviceName\":\"s\"}],"
     "\"loadBalancerInfo\":{\"targetGroupPairInfoList\":[{\"targetGroups\":[{\"name\":\"a\"},"
     "{\"name\":\"b\"}],\"prodTrafficRoute\":{\"listenerArns\":[\"arn:aws:"
     "elasticloadbalancing:us-east-1:111122223333:listener/app/x/1/2\"]},"
     "\"testTrafficRoute\":{\"listenerArns\":[\"arn:aws:elasticloadbalancing:us-east-1:"
     "111122223333:listener/app/x/1/3\"]}}]}," TAIL,
     ECS},
    {CDP_PLATFORM_SERVER,
     HEAD "\"deploymentConfigName\":\"CodeDeployDefault.HalfAtATime\"," ALARMS TAIL, SERVER},
    {CDP_PLATFORM_SERVER,
     HEAD "\"deploymentConfigName\":\"CodeDeployDefault.OneAtATime\"," BLUE_GREEN READY(
         "CONTINUE_DEPLOYMENT",
         "") "\"loadBalancerInfo\":{\"targetGroupInfoList\":[{\"name\":\"tg\"}]}," TAIL,
     SERVER},
};

/* Made once: they never change. */
typedef struct scenery {
    cdp_group *group;
    cdp_appspec *appspec;
} scenery;

static const scenery *scenery_of(unsigned number)
{
    static scenery made[sizeof places / sizeof *places];
    const place *of = &places[number];
    cdp_appspec_options options = {.size = sizeof options, .platform = of->platform};

    if (!made[number].group) {
        must(cdp_group_parse(of->group, strlen(of->group), NULL, NULL, &made[number].group) ==
             CDP_OK);
        must(cdp_appspec_parse(of->appspec, strlen(of->appspec), &options, NULL,
                               &made[number].appspec) == CDP_OK);
    }
    return &made[number];
}

/* ---- what has to hold ---- */

static int is_final(cdp_deployment_status status)
{
    return status == CDP_DEPLOYMENT_STATUS_SUCCEEDED || status == CDP_DEPLOYMENT_STATUS_FAILED ||
           status == CDP_DEPLOYMENT_STATUS_STOPPED;
}

static cdp_deployment_info look(const cdp_deployment *deployment)
{
    cdp_deployment_info info = {.size = sizeof info};

    must(cdp_deployment_get_info(deployment, &info) == CDP_OK);
    must(info.weight >= 0 && info.weight <= 100 && info.weight + info.original_weight == 100);
    must(info.test_weight >= 0 && info.test_weight <= 100);
    must(is_final(info.status) == cdp_deployment_is_over(deployment));
    if (is_final(info.status))
        must(info.open_actions == 0 && cdp_deployment_next_deadline(deployment) == INT64_MAX);
    return info;
}

/* ---- a host that does what the bytes say ---- */

typedef struct run {
    const scenery *scenery;
    cdp_deployment_options options;
    cdp_deployment *deployment;
    int64_t now;
    reader *bytes; /* NULL: it does well whatever it is asked for */
    cdp_deployment_status end;
    int restored;
} run;

static cdp_status perform(const cdp_deployment *deployment, const cdp_deployment_action *action,
                          cdp_host_reply *reply, void *user)
{
    static const cdp_string messages[] = {{NULL, 0}, {"", 0}, {"no", 2}, {"a\nb\xff", 4}};
    run *self = user;
    cdp_text *text;
    uint8_t byte;

    must(!cdp_deployment_is_over(deployment) || !action->needs_answer);
    must(action->kind != CDP_DEPLOYMENT_ACTION_SET_TRAFFIC ||
         action->weight + action->original_weight == 100);
    if (action->kind == CDP_DEPLOYMENT_ACTION_NOTIFY) {
        text = new_text();
        must(cdp_deployment_write_notification(deployment, action, CDP_NOTIFICATION_SHAPE_SERVICE,
                                               text, NULL) == CDP_OK);
        cdp_text_free(text);
    }
    if (!self->bytes)
        return CDP_OK;
    byte = take(self->bytes);
    reply->message = messages[byte >> 6];
    if ((byte & 15) < 8)
        return CDP_PENDING;
    if ((byte & 15) < 12)
        return CDP_OK;
    reply->error = (cdp_event_error)(byte >> 4 & 7);
    reply->code = (cdp_error_code)(byte & 0x20 ? byte >> 2 : 0);
    return (byte & 15) == 12 ? CDP_PASSTHROUGH : (byte & 15) == 13 ? CDP_ERR_IO : -1000 - byte;
}

static cdp_status poll_alarm(const cdp_deployment *deployment, cdp_string name,
                             cdp_alarm_state *state, void *user)
{
    run *self = user;
    uint8_t byte;

    must(!cdp_deployment_is_over(deployment) && name.length == 1);
    *state = CDP_ALARM_STATE_OK;
    if (!self->bytes)
        return CDP_OK;
    byte = take(self->bytes);
    if (byte >= 0xf0)
        *state = (cdp_alarm_state)(byte & 7);
    return byte < 0xe0 || byte >= 0xf0 ? CDP_OK : byte < 0xe8 ? CDP_PENDING : CDP_ERR_IO;
}

static cdp_status changed(const cdp_deployment *deployment, const cdp_deployment_change *change,
                          void *user)
{
    cdp_text *text = new_text();

    (void)user;
    must(cdp_deployment_render_change(deployment, change, text) == CDP_OK);
    must(cdp_text_string(text).length > 0);
    cdp_text_free(text);
    return CDP_OK;
}

static const cdp_host plain_host = {
    .size = sizeof(cdp_host), .perform = perform, .poll_alarm = poll_alarm, .changed = changed};

/* What it was before and after a refused input, but for answers that callbacks gave meanwhile. */
static cdp_status put_in(run *self, int64_t now, const cdp_deployment_input *input)
{
    cdp_host host = plain_host;
    cdp_text *before = new_text();
    cdp_text *after = new_text();
    cdp_status status;
    int due;

    host.user = self;
    must(cdp_deployment_snapshot(self->deployment, before) == CDP_OK);
    due = cdp_deployment_next_deadline(self->deployment) < now;
    /* First without the host: what is refused has changed nothing, unless something was due. */
    status = cdp_deployment_step(self->deployment, now, input, NULL);
    if (status != CDP_OK) {
        must(cdp_deployment_snapshot(self->deployment, after) == CDP_OK);
        if (due)
            self->now = cdp_deployment_now(self->deployment); /* what was due has happened */
        else
            must_be_same(before, after);
    } else {
        self->now = now;
        status = cdp_host_step(self->deployment, &host, now, NULL, NULL);
        must(status == CDP_OK);
    }
    cdp_text_free(after);
    cdp_text_free(before);
    return status;
}

static void check(run *self)
{
    cdp_deployment_info info = look(self->deployment);

    must(!is_final(self->end) || info.status == self->end);
    self->end = info.status;
}

/* ---- inputs ---- */

static cdp_rollout_instance take_instance(reader *bytes, char id[4])
{
    static const cdp_string zones[] = {{"a", 1}, {"b", 1}, {NULL, 0}, {NULL, 0}};
    unsigned byte = take(bytes);
    cdp_rollout_instance instance = {.size = sizeof instance, .id = {id, 1}};

    id[0] = (char)('a' + take(bytes) % 26);
    id[1] = '\0';
    instance.instance_health = byte & 1 ? CDP_INSTANCE_HEALTHY : CDP_INSTANCE_UNHEALTHY;
    instance.revision_health = (cdp_revision_health)(byte >> 1 & 3);
    instance.original = (byte >> 3 & 3) == 3;
    instance.zone = zones[byte >> 6];
    return instance;
}

static uint64_t take_token(const run *self, reader *bytes)
{
    cdp_deployment_action action = {.size = sizeof action};
    uint8_t byte = take(bytes);
    size_t count = cdp_deployment_open_count(self->deployment);

    if (byte >= 250 || count == 0)
        return (uint64_t)byte << 24 | take(bytes);
    must(cdp_deployment_open_at(self->deployment, byte % count, &action) == CDP_OK);
    return action.token;
}

static cdp_deployment_input take_input(const run *self, reader *bytes, unsigned kind,
                                       cdp_rollout_instance *instance, char id[4])
{
    static const cdp_string names[] = {{"a", 1}, {"b", 1}, {"c", 1}, {NULL, 0}};
    cdp_deployment_input input = {.size = sizeof input, .kind = (cdp_deployment_input_kind)kind};
    uint8_t byte;

    if (kind == CDP_DEPLOYMENT_INPUT_TARGET) {
        *instance = take_instance(bytes, id);
        input.instance = instance;
    }
    if (kind == CDP_DEPLOYMENT_INPUT_ANSWER || kind == CDP_DEPLOYMENT_INPUT_BEGUN)
        input.token = take_token(self, bytes);
    byte = take(bytes);
    input.outcome = (cdp_deployment_outcome)(byte < 250 ? 1 + (byte & 1) : byte);
    input.error = (cdp_event_error)(byte >> 4 & 7);
    input.code = (cdp_error_code)(byte >> 2);
    input.name = names[byte & 3];
    input.answer = (cdp_deployment_flag)(byte >> 2 & 3);
    input.wait = (cdp_wait_type)(byte >> 1 & 3);
    input.alarm_state = (cdp_alarm_state)(byte >> 5);
    input.event_status = (cdp_event_status)(byte & 7);
    input.event = byte >> 4;
    input.target = byte % (MOST + 4);
    input.message = (cdp_string){"message", byte & 7};
    return input;
}

/* A jump of the clock: a little, to the next deadline, far behind it, or backwards. */
static int64_t take_time(const run *self, unsigned byte)
{
    int64_t deadline = cdp_deployment_next_deadline(self->deployment);
    int64_t due = deadline < INT64_MAX - 10000000 ? deadline : self->now;

    switch (byte & 7) {
    case 0:
        return due;
    case 1:
        return due > 0 ? due - 1 : 0;
    case 2:
        return due + (int64_t)(byte >> 3) * 60000;
    case 3:
        return byte == 0xfb ? INT64_MAX : byte == 0xf3 ? self->now - 1 : self->now + 3600000;
    default:
        return self->now + (byte >> 3);
    }
}

/* What the snapshot of `deployment` makes, and its own snapshot. */
static cdp_deployment *copy_of(const run *self, const cdp_deployment *deployment, cdp_text *text)
{
    cdp_deployment *copy = NULL;
    cdp_text *first = new_text();

    must(cdp_deployment_snapshot(deployment, first) == CDP_OK);
    must(cdp_deployment_restore(cdp_text_string(first).data, cdp_text_string(first).length,
                                &self->options, NULL, NULL, &copy) == CDP_OK);
    must(cdp_deployment_snapshot(copy, text) == CDP_OK);
    must(cdp_deployment_next_deadline(copy) == cdp_deployment_next_deadline(deployment));
    cdp_text_free(first);
    return copy;
}

/* Goes on from its own snapshot: but for open actions, which are told again, it is the same. */
static void replace(run *self)
{
    cdp_host host = plain_host;
    cdp_text *first = new_text();
    cdp_text *second = new_text();
    cdp_deployment *once = copy_of(self, self->deployment, first);
    cdp_deployment *twice = copy_of(self, once, second);

    host.user = self;
    must_be_same(first, second);
    cdp_deployment_free(once);
    cdp_deployment_free(self->deployment);
    self->deployment = twice;
    must(cdp_host_step(self->deployment, &host, self->now, NULL, NULL) == CDP_OK);
    cdp_text_free(second);
    cdp_text_free(first);
}

static void run_inputs(run *self)
{
    while (self->bytes->size > 0) {
        unsigned byte = take(self->bytes);
        unsigned kind = byte & 31;
        int64_t now = self->now;
        cdp_rollout_instance instance;
        cdp_deployment_input input;
        char id[4];

        if (kind == 31) {
            if (self->restored++ < RESTORED)
                replace(self);
            continue;
        }
        if (kind > CDP_DEPLOYMENT_INPUT_TROUBLE)
            kind = kind & 1 ? CDP_DEPLOYMENT_INPUT_ANSWER : CDP_DEPLOYMENT_INPUT_TIME;
        if (kind == CDP_DEPLOYMENT_INPUT_TIME || byte >> 5 == 7)
            now = take_time(self, take(self->bytes));
        input = take_input(self, self->bytes, kind, &instance, id);
        (void)put_in(self, now, &input);
        check(self);
    }
}

/* ---- to the end ---- */

static void answer_all(run *self)
{
    cdp_deployment_action action = {.size = sizeof action};

    while (cdp_deployment_open_at(self->deployment, 0, &action) == CDP_OK &&
           cdp_deployment_open_count(self->deployment) > 0) {
        cdp_deployment_input answer = {.size = sizeof answer,
                                       .kind = CDP_DEPLOYMENT_INPUT_ANSWER,
                                       .token = action.token,
                                       .outcome = CDP_DEPLOYMENT_DONE};

        must(put_in(self, self->now, &answer) == CDP_OK);
    }
}

/* With a host that does well, and somebody who continues whatever waits for that. */
static void finish(run *self)
{
    static const cdp_deployment_input go_on = {.size = sizeof go_on,
                                               .kind = CDP_DEPLOYMENT_INPUT_CONTINUE};
    static const cdp_deployment_input start = {.size = sizeof start,
                                               .kind = CDP_DEPLOYMENT_INPUT_START};

    self->bytes = NULL;
    if (cdp_deployment_get_status(self->deployment) == CDP_DEPLOYMENT_STATUS_CREATED &&
        put_in(self, self->now, &start) == CDP_ERR_TIME)
        return; /* the clock stands at its end */
    for (int i = 0; i < PATIENCE && !cdp_deployment_is_over(self->deployment); i++) {
        int64_t deadline;

        answer_all(self);
        check(self);
        if (cdp_deployment_is_over(self->deployment))
            break;
        if (look(self->deployment).wait && put_in(self, self->now, &go_on) == CDP_OK)
            continue;
        deadline = cdp_deployment_next_deadline(self->deployment);
        if (deadline == INT64_MAX)
            return; /* all its time has passed */
        must(put_in(self, deadline, NULL) == CDP_OK);
    }
    must(cdp_deployment_is_over(self->deployment));
    check(self);
}

static void write_all(const cdp_deployment *deployment)
{
    cdp_text *text = new_text();
    cdp_status status;

    must(cdp_deployment_write_info(deployment, 0, text) == CDP_OK);
    status = cdp_deployment_write_targets(deployment, NULL, 0, 1, text);
    must(status == CDP_OK || status == CDP_ERR_STATE);
    cdp_text_free(text);
}

/* The way back: if there is one, a good host completes it, and all traffic is the original's. */
static void roll_back(const run *failed)
{
    run back = {.scenery = failed->scenery, .now = failed->now};
    cdp_rollback_plan *plan = NULL;
    cdp_status status;

    must(cdp_deployment_plan_rollback(failed->deployment, 0, (cdp_string){NULL, 0}, NULL, NULL,
                                      &plan) == CDP_OK);
    back.options = (cdp_deployment_options){.size = sizeof back.options, .id = {"d-R", 3}};
    if (cdp_deployment_platform(failed->deployment) == CDP_PLATFORM_SERVER)
        back.options.appspec = failed->scenery->appspec;
    status = cdp_deployment_new_rollback(failed->deployment, plan, &back.options, NULL, NULL,
                                         &back.deployment);
    must(status == CDP_OK || status == CDP_ERR_STATE);
    cdp_rollback_plan_free(plan);
    if (status != CDP_OK)
        return;
    finish(&back);
    if (back.end == CDP_DEPLOYMENT_STATUS_SUCCEEDED)
        must(look(back.deployment).weight == 0 && look(back.deployment).test_weight == 0);
    write_all(back.deployment);
    cdp_deployment_free(back.deployment);
}

/* ---- beginnings ---- */

static cdp_deployment_options take_options(const scenery *of, const place *at, reader *bytes)
{
    static const cdp_group_revision revision = {
        .size = sizeof revision, .type = CDP_REVISION_TYPE_S3, .bucket = {"b", 1}, .key = {"k", 1}};
    static const cdp_rollback_past past = {.size = sizeof past,
                                           .id = {"d-P", 3},
                                           .status = CDP_DEPLOYMENT_STATUS_SUCCEEDED,
                                           .revision = &revision};
    cdp_deployment_options options = {
        .size = sizeof options, .id = {"d-A", 3}, .group = of->group, .appspec = of->appspec};
    unsigned flags = take(bytes);
    unsigned more = take(bytes);
    int server = at->platform == CDP_PLATFORM_SERVER;

    options.asks_to_save = flags & 1;
    options.ignore_application_stop_failures = server && flags & 2;
    options.host_begins_events = server && flags & 4;
    options.whole_targets = server && flags & 8 && !options.host_begins_events;
    options.update_outdated_instances_only = server && flags & 16;
    if (server && flags & 32)
        options.creator = flags & 64 ? CDP_DEPLOYMENT_CREATOR_AUTOSCALING
                                     : CDP_DEPLOYMENT_CREATOR_AUTOSCALING_TERMINATION;
    options.alarm_policy = (cdp_alarm_policy)(more & 3);
    options.install_mode = (cdp_install_mode)(more >> 2 & 1);
    if (server)
        options.revision = &revision;
    if (more & 8) {
        options.past = &past;
        options.past_count = 1;
    }
    if (more & 16)
        options.limit_ms = (int64_t)(more >> 5) * 100000 + 1;
    if (more == 0xff)
        options.target_limit = 2;
    return options;
}

/* A deployment with its targets; NULL when it is refused, or when there is no memory. */
static cdp_deployment *make(const cdp_deployment_options *options, reader *bytes)
{
    cdp_diagnostics *diagnostics = new_diagnostics();
    cdp_deployment *deployment = NULL;
    unsigned count = take(bytes) % MOST;
    cdp_status status;

    if (!diagnostics)
        return NULL;
    status = cdp_deployment_new(options, &allocator, diagnostics, &deployment);
    must((status == CDP_OK) == (deployment != NULL));
    must(status != CDP_ERR_INVALID ||
         cdp_diagnostics_count_at_least(diagnostics, CDP_SEVERITY_ERROR) > 0);
    for (unsigned i = 0; i < count && deployment; i++) {
        char id[4];
        cdp_rollout_instance instance = take_instance(bytes, id);

        (void)cdp_deployment_add_target(deployment, 0, &instance, NULL);
    }
    cdp_diagnostics_free(diagnostics);
    return deployment;
}

static void run_deployment(reader *bytes)
{
    unsigned number = take(bytes) % (sizeof places / sizeof *places);
    run self = {.scenery = scenery_of(number), .bytes = bytes};
    reader again;

    self.options = take_options(self.scenery, &places[number], bytes);
    again = *bytes;
    /* One for which memory runs out, and one for which it does not. */
    if (requests_left > 0) {
        cdp_deployment *poor = make(&self.options, &again);
        cdp_deployment_input start = {.size = sizeof start, .kind = CDP_DEPLOYMENT_INPUT_START};

        if (poor)
            (void)cdp_deployment_step(poor, 0, &start, NULL);
        cdp_deployment_free(poor);
    }
    requests_left = 0;
    self.deployment = make(&self.options, bytes);
    if (!self.deployment)
        return;
    check(&self);
    run_inputs(&self);
    finish(&self);
    write_all(self.deployment);
    if (cdp_deployment_is_over(self.deployment))
        roll_back(&self);
    cdp_deployment_free(self.deployment);
}

/* ---- snapshots and logs ---- */

/* The check of what stands in front of it (FNV-1a), put where the snapshot has its own. */
static char *with_check(const reader *bytes)
{
    static const char key[] = ",\"check\":\"";
    char *text = malloc(bytes->size + 1);
    char *place_of_check = NULL;
    uint64_t hash = 14695981039346656037u;

    must(text != NULL);
    if (bytes->size > 0)
        memcpy(text, bytes->data, bytes->size);
    text[bytes->size] = '\0';
    for (char *at = text; (at = strstr(at, key)); at++)
        place_of_check = at;
    if (!place_of_check || strlen(place_of_check) < sizeof key - 1 + 16)
        return text;
    for (const char *at = text; at < place_of_check; at++)
        hash = (hash ^ (unsigned char)*at) * 1099511628211u;
    for (unsigned i = 0; i < 16; i++)
        place_of_check[sizeof key - 1 + i] = "0123456789abcdef"[hash >> (60 - 4 * i) & 15];
    return text;
}

static void read_snapshot(reader *bytes, int mend)
{
    static const reader nothing = {(const uint8_t *)"\0\10", 2};
    unsigned number = take(bytes) % (sizeof places / sizeof *places);
    run self = {.scenery = scenery_of(number)};
    reader flags = nothing;
    cdp_diagnostics *diagnostics = new_diagnostics();
    char *mended = mend ? with_check(bytes) : NULL;
    cdp_status status = CDP_ERR_NOMEM;

    self.options = take_options(self.scenery, &places[number], &flags);
    if (diagnostics)
        status = cdp_deployment_restore(mend ? mended : (const char *)bytes->data, bytes->size,
                                        &self.options, &allocator, diagnostics, &self.deployment);
    must((status == CDP_OK) == (self.deployment != NULL));
    if (diagnostics)
        must_be_explained(status, diagnostics);
    requests_left = 0;
    if (self.deployment) {
        self.now = cdp_deployment_now(self.deployment);
        if (self.now < 0)
            self.now = 0;
        check(&self);
        write_all(self.deployment);
        finish(&self);
    }
    cdp_deployment_free(self.deployment);
    cdp_diagnostics_free(diagnostics);
    free(mended);
}

static void read_log(reader *bytes)
{
    unsigned number = take(bytes) % (sizeof places / sizeof *places);
    run self = {.scenery = scenery_of(number)};

    self.options = take_options(self.scenery, &places[number], bytes);
    self.deployment = make(&self.options, bytes);
    requests_left = 0;
    while (self.deployment && bytes->size > 0) {
        const uint8_t *end = memchr(bytes->data, '\n', bytes->size);
        size_t length = end ? (size_t)(end - bytes->data) : bytes->size;

        (void)cdp_deployment_replay(self.deployment, (const char *)bytes->data, length, NULL);
        check(&self);
        bytes->data += length + (end != NULL);
        bytes->size -= length + (end != NULL);
    }
    cdp_deployment_free(self.deployment);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    reader bytes = {data, size};
    unsigned kind = take(&bytes);
    uint8_t fails = take(&bytes);

    if (size < 2)
        return 0;
    requests_left = fails == '0' ? 0 : fails;
    if (kind % 16 < 2)
        read_snapshot(&bytes, kind % 16 == 1);
    else if (kind % 16 == 2)
        read_log(&bytes);
    else
        run_deployment(&bytes);
    requests_left = 0;
    return 0;
}
