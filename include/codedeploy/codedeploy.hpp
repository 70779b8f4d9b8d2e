// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_CODEDEPLOY_HPP
#define CODEDEPLOY_CODEDEPLOY_HPP

/// @file
/// libcodedeploy for C++17, header only. bindings/cpp/README.md says how to begin.

#include <codedeploy/cpp/appspec.hpp>

#endif
