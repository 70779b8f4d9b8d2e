// SPDX-License-Identifier: MIT
// The part of test-cpp-returning that is compiled with exceptions.
#ifndef THROWING_HPP
#define THROWING_HPP

#include <string>

/// Reads an AppSpec where failures are thrown, and tells what was caught.
std::string read_and_catch(const char *text);

#endif
