/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_CODEDEPLOY_H
#define CODEDEPLOY_CODEDEPLOY_H

/**
 * @file
 * The whole core library in one include.
 */

#include <codedeploy/base.h>
#include <codedeploy/text.h>
#include <codedeploy/diagnostics.h>
#include <codedeploy/appspec.h>
#include <codedeploy/platform.h>
#include <codedeploy/config.h>
#include <codedeploy/traffic.h>
#include <codedeploy/vocabulary.h>
#include <codedeploy/lifecycle.h>
#include <codedeploy/health.h>
#include <codedeploy/inventory.h>
#include <codedeploy/group.h>
#include <codedeploy/membership.h>
#include <codedeploy/rollout.h>
#include <codedeploy/rollback.h>
#include <codedeploy/filesystem.h>
#include <codedeploy/install.h>
#include <codedeploy/install_apply.h>
#include <codedeploy/deployment.h>
#include <codedeploy/host.h>
#include <codedeploy/records.h>

#endif
