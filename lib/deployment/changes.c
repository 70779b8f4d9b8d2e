/* SPDX-License-Identifier: MIT */
/* What an input has changed. It is for logs and displays: when there is no memory for it, it is only
 * counted, and the deployment goes on. */
#include "deployment/books.h"

#include "base/allocator.h"

cdp_kept_change *cdp_change_add(cdp_deployment *deployment, cdp_deployment_change_kind kind)
{
    void *changes = deployment->changes;
    size_t count = deployment->change_count;
    cdp_kept_change *change;

    /* One place behind the last is always there, for those that find no room. */
    if (cdp_array_reserve(&deployment->allocator, &changes, &deployment->change_capacity, count + 2,
                          sizeof *deployment->changes) == CDP_OK)
        deployment->change_count++;
    else
        deployment->changes_dropped++;
    deployment->changes = changes;
    change = &deployment->changes[count];
    *change = (cdp_kept_change){
        .time_ms = deployment->now,
        .target = CDP_DEPLOYMENT_NO_TARGET,
        .kind = (uint8_t)kind,
        .event = CDP_SLOT_NO_EVENT,
    };
    return change;
}

void cdp_change_say_of(cdp_deployment *deployment, cdp_kept_change *change, cdp_string name,
                       cdp_string message)
{
    size_t at = deployment->said.length;

    if (!message.length)
        return;
    if (name.length) {
        cdp_text_put(&deployment->said, name);
        cdp_text_put_c(&deployment->said, ": ");
    }
    cdp_text_put(&deployment->said, message);
    cdp_text_put_byte(&deployment->said, '\0'); /* others follow, and each is a C string */
    if (cdp_text_status(&deployment->said) != CDP_OK) {
        cdp_text_rollback(&deployment->said, at);
        return;
    }
    change->message_at = at;
    change->message_length = (uint32_t)(deployment->said.length - at - 1);
}

void cdp_change_say(cdp_deployment *deployment, cdp_kept_change *change, cdp_string message)
{
    cdp_change_say_of(deployment, change, (cdp_string){NULL, 0}, message);
}

void cdp_changes_clear(cdp_deployment *deployment)
{
    deployment->change_count = 0;
    deployment->changes_dropped = 0;
    cdp_text_clear(&deployment->said);
}

void cdp_set_status(cdp_deployment *deployment, cdp_deployment_status status)
{
    cdp_kept_change *change;

    if (deployment->status == status)
        return;
    deployment->status = status;
    change = cdp_change_add(deployment, CDP_DEPLOYMENT_CHANGE_STATUS);
    change->status = (uint8_t)status;
    if (deployment->stage == CDP_STAGE_OVER) {
        change->code = (uint8_t)deployment->error_code;
        cdp_change_say(deployment, change, cdp_text_string(&deployment->error_message));
    }
}

void cdp_change_wait(cdp_deployment *deployment, cdp_deployment_wait wait, bool began,
                     int64_t until)
{
    cdp_kept_change *change = cdp_change_add(deployment, began ? CDP_DEPLOYMENT_CHANGE_WAIT_BEGAN
                                                               : CDP_DEPLOYMENT_CHANGE_WAIT_ENDED);

    change->wait = (uint8_t)wait;
    change->until_ms = until;
}
