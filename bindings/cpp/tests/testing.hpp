// SPDX-License-Identifier: MIT
#ifndef TESTING_HPP
#define TESTING_HPP

// What every test program of the binding begins with: checks that count, files that are read.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace testing
{

inline int failures = 0;
inline int checks = 0;

inline void failed(const char *file, int line, const std::string &what)
{
    failures++;
    std::fprintf(stderr, "%s:%d: %s\n", file, line, what.c_str());
}

inline void check(bool good, const char *file, int line, const char *what)
{
    checks++;
    if (!good)
        failed(file, line, what);
}

inline void check_equal(std::string_view actual, std::string_view wanted, const char *file,
                        int line, const char *what)
{
    checks++;
    if (actual != wanted)
        failed(file, line,
               std::string(what) + " is \"" + std::string(actual) + "\", not \"" +
                   std::string(wanted) + "\"");
}

inline std::string read_file(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        std::fprintf(stderr, "%s cannot be read\n", path.c_str());
        std::exit(2);
    }
    return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

inline std::vector<std::filesystem::path> files_in(const std::filesystem::path &folder)
{
    std::vector<std::filesystem::path> files;
    for (const auto &entry : std::filesystem::directory_iterator(folder))
        files.push_back(entry.path());
    return files;
}

/// What main() returns.
inline int result()
{
    std::printf("%d checks, %d failed\n", checks, failures);
    return failures == 0 && checks > 0 ? 0 : 1;
}

} // namespace testing

#define CHECK(condition)                                                                           \
    testing::check(static_cast<bool>(condition), __FILE__, __LINE__, #condition)
#define CHECK_EQUAL(actual, wanted)                                                                \
    testing::check_equal((actual), (wanted), __FILE__, __LINE__, #actual)

/// That an expression throws an Error of a status.
#define CHECK_FAILS(expression, wanted_status)                                                     \
    do {                                                                                           \
        bool thrown = false;                                                                       \
        try {                                                                                      \
            (void)(expression);                                                                    \
        } catch (const codedeploy::Error &error) {                                                 \
            thrown = true;                                                                         \
            CHECK_EQUAL(codedeploy::name(error.status()), codedeploy::name(wanted_status));        \
        }                                                                                          \
        testing::check(thrown, __FILE__, __LINE__, #expression " throws");                         \
    } while (0)

#endif
