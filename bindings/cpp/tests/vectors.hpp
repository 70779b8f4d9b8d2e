// SPDX-License-Identifier: MIT
#ifndef VECTORS_HPP
#define VECTORS_HPP

// What the two halves of test-cpp-vectors share.

#include <filesystem>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

inline std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    std::istringstream in{std::string(text)};
    for (std::string part; std::getline(in, part, separator);)
        parts.push_back(part);
    return parts;
}

inline std::vector<std::string> words(const std::string &line)
{
    std::istringstream in(line);
    return {std::istream_iterator<std::string>(in), {}};
}

/// `key=value` words from one on; words without a value have an empty one.
inline std::map<std::string, std::string> pairs(const std::vector<std::string> &list,
                                                std::size_t from)
{
    std::map<std::string, std::string> made;
    for (std::size_t i = from; i < list.size(); i++) {
        const std::size_t at = list[i].find('=');
        made[list[i].substr(0, at)] = at == std::string::npos ? "" : list[i].substr(at + 1);
    }
    return made;
}

/// tests/rollback/data: NAME.txt is a situation, NAME.json and NAME.out are its plan.
void rollbacks(const std::filesystem::path &data);

#endif
