/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_PLATFORM_H
#define CODEDEPLOY_PLATFORM_H

/**
 * @file
 * Where an application runs: the word that most other headers need first.
 */

#include <codedeploy/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A compute platform. Values never change meaning. (API shape ComputePlatform.) */
typedef enum cdp_platform {
    /** Not said: where a function takes it, the platform is found out from the input. */
    CDP_PLATFORM_AUTO = 0,
    /** EC2 instances and on-premises hosts. */
    CDP_PLATFORM_SERVER = 1,
    /** A Lambda function's alias. */
    CDP_PLATFORM_LAMBDA = 2,
    /** An ECS service. */
    CDP_PLATFORM_ECS = 3
} cdp_platform;

/**
 * The API's spelling of a platform: `"Server"`, `"Lambda"`, `"ECS"`.
 * @return static text; `"auto"` for #CDP_PLATFORM_AUTO, `"unknown"` for anything else.
 */
CDP_API const char *cdp_platform_name(cdp_platform platform);

/**
 * Reads the API's spelling of a platform.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND for any other word (`"auto"` too); #CDP_ERR_ARGUMENT when
 *         `platform` is NULL.
 */
CDP_API cdp_status cdp_platform_from_name(cdp_string name, cdp_platform *platform);

#ifdef __cplusplus
}
#endif

#endif
