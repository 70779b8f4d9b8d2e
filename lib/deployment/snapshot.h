/* SPDX-License-Identifier: MIT */
#ifndef CDP_DEPLOYMENT_SNAPSHOT_H
#define CDP_DEPLOYMENT_SNAPSHOT_H

#include "deployment/state.h"
#include "rollout/fields.h"

/*
 * A snapshot is one line of JSON. Single values stand under their names; what there is of each
 * target is a row of numbers, in base 36 and as small as they can be said: times as distances from
 * those before. What can be computed, and what the options say, is left out.
 */
#define CDP_DEPLOYMENT_FORMAT "codedeploy-deployment"
enum { CDP_DEPLOYMENT_FORMAT_VERSION = 1 };

/* The single numbers. */
extern const cdp_field_list cdp_deployment_fields;

/* The single texts, by the same means. */
typedef struct cdp_text_field {
    const char *name;
    size_t offset;
} cdp_text_field;

enum { CDP_TEXT_FIELD_COUNT = 5 };
extern const cdp_text_field cdp_deployment_texts[CDP_TEXT_FIELD_COUNT];

static inline cdp_text *cdp_text_field_of(const cdp_deployment *deployment, size_t index)
{
    return (cdp_text *)(void *)((char *)(uintptr_t)deployment + cdp_deployment_texts[index].offset);
}

/* Whether the targets' ids and health are part of the snapshot, or the roll-out's. */
bool cdp_snapshot_has_instances(const cdp_deployment *deployment);

/* Everything but the check and the closing brace. */
void cdp_deployment_put_body(const cdp_deployment *deployment, cdp_text *text);

/* What the options say that a snapshot depends on, as 16 digits and a NUL. */
void cdp_options_digest(const cdp_deployment *deployment, char digest[17]);

#endif
