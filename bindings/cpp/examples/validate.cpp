// SPDX-License-Identifier: MIT
// Checks an AppSpec and prints what is wrong with it: validate FILE
#include <fstream>
#include <iostream>
#include <iterator>

#include <codedeploy/codedeploy.hpp>

using namespace codedeploy;

int main(int argc, char **argv)
{
    std::ifstream file(argc == 2 ? argv[1] : "");
    if (!file) {
        std::cerr << "Usage: validate FILE\n";
        return 2;
    }
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    Diagnostics found; // of a good file, too: warnings
    const auto spec = attempt([&] { return AppSpec::parse(text, {}, found); });
    for (const Diagnostic &one : found)
        std::cout << argv[1] << ':' << one.line << ':' << one.column << ": " << name(one.severity)
                  << ": " << one.message << '\n';
    if (!spec)
        return 1;
    std::cout << argv[1] << ": a valid AppSpec for " << name(spec->platform()) << '\n';
}
