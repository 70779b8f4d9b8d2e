// SPDX-License-Identifier: MIT
// Deploys a bundle on this machine: deploy DIRECTORY [TRIAL-ROOT]
#include <iomanip>
#include <iostream>

#include <codedeploy-posix/codedeploy-posix.hpp>

using namespace codedeploy;

int main(int argc, char **argv)
try {
    if (argc < 2) {
        std::cerr << "Usage: deploy DIRECTORY [TRIAL-ROOT]\n";
        return 2;
    }
    posix::DeployOptions options;
    options.bundle = argv[1];
    options.news = [](const posix::News &news) {
        if (news.kind == posix::NewsKind::EventEnded)
            std::cout << std::left << std::setw(20) << *news.event << ' ' << *news.status << '\n';
        return Status::Ok;
    };
    if (argc > 2) {
        options.destination_root = argv[2];
        options.root_directory = std::string(argv[2]) + "/records";
    }
    const auto made = posix::Deployment::deploy(options);
    if (made.succeeded())
        return 0;
    std::cerr << made.message().value_or("it failed") << '\n';
    return 1;
} catch (const Error &error) {
    std::cerr << error.what() << '\n';
    return 1;
}
