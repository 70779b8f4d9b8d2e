// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_CODEDEPLOY_HPP
#define CODEDEPLOY_CODEDEPLOY_HPP

/// @file
/// libcodedeploy for C++17, header only. bindings/cpp/README.md says how to begin.

#include <codedeploy/cpp/appspec.hpp>
#include <codedeploy/cpp/config.hpp>
#include <codedeploy/cpp/deployment.hpp>
#include <codedeploy/cpp/filesystem.hpp>
#include <codedeploy/cpp/group.hpp>
#include <codedeploy/cpp/host.hpp>
#include <codedeploy/cpp/install.hpp>
#include <codedeploy/cpp/lifecycle.hpp>
#include <codedeploy/cpp/rollback.hpp>
#include <codedeploy/cpp/rollout.hpp>
#include <codedeploy/cpp/traffic.hpp>

#endif
