// SPDX-License-Identifier: MIT
#include <codedeploy/codedeploy.hpp>

#include "throwing.hpp"

std::string read_and_catch(const char *text)
try {
    return std::string(name(codedeploy::AppSpec::parse(text).platform()));
} catch (const codedeploy::Error &error) {
    return error.what();
}
