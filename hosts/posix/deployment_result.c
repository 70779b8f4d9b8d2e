/* SPDX-License-Identifier: MIT */
/* What became of a deployment. */
#include <stdlib.h>

#include "deployment.h"

void cdp_posix_deployment_free(cdp_posix_deployment *deployment)
{
    while (deployment) {
        cdp_posix_deployment *rollback = deployment->rollback;

        free(deployment->id);
        free(deployment->directory);
        free(deployment->failed_event);
        free(deployment->failed_script);
        free(deployment->message);
        free(deployment->log_tail);
        free(deployment);
        deployment = rollback;
    }
}

cdp_posix_deployment *px_new_deployment(cdp_string id)
{
    cdp_posix_deployment *made = calloc(1, sizeof *made);
    char own[24];

    if (!made)
        return NULL;
    if (px_is_empty(id)) {
        px_make_deployment_id(own);
        made->id = strdup(own);
    } else {
        made->id = px_copy(id);
    }
    if (!made->id) {
        free(made);
        made = NULL;
    }
    return made;
}

static cdp_string shown(const char *text)
{
    return text ? px_string(text) : (cdp_string){NULL, 0};
}

cdp_string cdp_posix_deployment_id(const cdp_posix_deployment *deployment)
{
    return shown(deployment ? deployment->id : NULL);
}

cdp_string cdp_posix_deployment_directory(const cdp_posix_deployment *deployment)
{
    return shown(deployment ? deployment->directory : NULL);
}

int cdp_posix_deployment_succeeded(const cdp_posix_deployment *deployment)
{
    return deployment ? deployment->succeeded : 0;
}

cdp_string cdp_posix_deployment_failed_event(const cdp_posix_deployment *deployment)
{
    return shown(deployment ? deployment->failed_event : NULL);
}

cdp_string cdp_posix_deployment_failed_script(const cdp_posix_deployment *deployment)
{
    return shown(deployment ? deployment->failed_script : NULL);
}

cdp_string cdp_posix_deployment_message(const cdp_posix_deployment *deployment)
{
    return shown(deployment ? deployment->message : NULL);
}

cdp_string cdp_posix_deployment_log_tail(const cdp_posix_deployment *deployment)
{
    return shown(deployment ? deployment->log_tail : NULL);
}

int cdp_posix_deployment_error_code(const cdp_posix_deployment *deployment)
{
    return deployment ? deployment->error_code : 0;
}

const cdp_posix_deployment *cdp_posix_deployment_rollback(const cdp_posix_deployment *deployment)
{
    return deployment ? deployment->rollback : NULL;
}
