/* SPDX-License-Identifier: MIT */
#ifndef CDP_DEPLOYMENT_ROLLBACK_H
#define CDP_DEPLOYMENT_ROLLBACK_H

#include "deployment/state.h"

/* At the end: whether it is rolled back, and what is said of it. */
void cdp_rollback_decide(cdp_deployment *deployment);

/* The host tells of the deployment that rolls this one back. CDP_OK or CDP_ERR_NOMEM. */
cdp_status cdp_rollback_told(cdp_deployment *deployment, const cdp_deployment_input *input);

#endif
