/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_POSIX_CODEDEPLOY_POSIX_H
#define CODEDEPLOY_POSIX_CODEDEPLOY_POSIX_H

/**
 * @file
 * The whole of libcodedeploy-posix in one include.
 */

#include <codedeploy-posix/agent_config.h>
#include <codedeploy-posix/bundle.h>
#include <codedeploy-posix/deployment.h>
#include <codedeploy-posix/files.h>
#include <codedeploy-posix/log.h>
#include <codedeploy-posix/script.h>

#endif
