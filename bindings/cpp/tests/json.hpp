// SPDX-License-Identifier: MIT
#ifndef JSON_HPP
#define JSON_HPP

// A reader of the JSON of the golden cases, which is known to be good: it checks nothing.

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace testing
{

struct Json {
    /// The text as it stands, of any value.
    std::string_view raw;
    /// Of a string: what it says.
    std::string text;
    std::vector<Json> items;
    std::vector<std::pair<std::string, Json>> members;

    const Json *find(std::string_view name) const
    {
        for (const auto &[key, value] : members)
            if (key == name)
                return &value;
        return nullptr;
    }
    /// A member that has to be there.
    const Json &operator[](std::string_view name) const
    {
        const Json *found = find(name);
        if (!found)
            std::abort();
        return *found;
    }
    bool is_text() const
    {
        return raw[0] == '"';
    }
    /// A text member, or nothing.
    std::string get(std::string_view name) const
    {
        const Json *found = find(name);
        return found ? found->text : std::string();
    }
    /// The same value, however it is written.
    friend bool operator==(const Json &a, const Json &b)
    {
        if (a.raw[0] != b.raw[0])
            return false;
        if (a.raw[0] == '{') {
            if (a.members.size() != b.members.size())
                return false;
            for (const auto &[key, value] : a.members)
                if (const Json *other = b.find(key); !other || !(value == *other))
                    return false;
            return true;
        }
        if (a.raw[0] == '[')
            return a.items == b.items;
        return a.is_text() ? a.text == b.text : a.raw == b.raw;
    }
};

class JsonReader
{
  public:
    explicit JsonReader(std::string_view text) : text_(text)
    {
    }
    Json value()
    {
        Json made;
        blanks();
        const std::size_t from = at_;
        if (text_[at_] == '{')
            object(made);
        else if (text_[at_] == '[')
            array(made);
        else if (text_[at_] == '"')
            made.text = string();
        else
            at_ = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
        made.raw = text_.substr(from, at_ - from);
        return made;
    }

  private:
    void blanks()
    {
        while (at_ < text_.size() && std::string_view(" \t\r\n:,").find(text_[at_]) < 6)
            at_++;
    }
    void object(Json &made)
    {
        for (at_++, blanks(); text_[at_] != '}'; blanks()) {
            std::string key = string();
            made.members.emplace_back(std::move(key), value());
        }
        at_++;
    }
    void array(Json &made)
    {
        for (at_++, blanks(); text_[at_] != ']'; blanks())
            made.items.push_back(value());
        at_++;
    }
    unsigned hex()
    {
        const unsigned code = static_cast<unsigned>(
            std::strtoul(std::string(text_.substr(at_, 4)).c_str(), nullptr, 16));
        at_ += 4;
        return code;
    }
    void escaped(std::string &made)
    {
        constexpr std::string_view from = "bfnrt";
        const char c = text_[at_++];
        if (c == 'u')
            code_point(made, hex());
        else
            made += from.find(c) < from.size() ? "\b\f\n\r\t"[from.find(c)] : c;
    }
    void code_point(std::string &made, unsigned code)
    {
        if (code >= 0xd800 && code < 0xdc00) {
            at_ += 2;
            code = 0x10000 + ((code - 0xd800) << 10) + (hex() - 0xdc00);
        }
        const auto byte = [&](unsigned bits) { made += static_cast<char>(bits); };
        if (code < 0x80) {
            byte(code);
            return;
        }
        if (code < 0x800) {
            byte(0xc0 | code >> 6);
        } else if (code < 0x10000) {
            byte(0xe0 | code >> 12);
            byte(0x80 | (code >> 6 & 63));
        } else {
            byte(0xf0 | code >> 18);
            byte(0x80 | (code >> 12 & 63));
            byte(0x80 | (code >> 6 & 63));
        }
        byte(0x80 | (code & 63));
    }
    std::string string()
    {
        std::string made;
        for (at_++; text_[at_] != '"';) {
            const char c = text_[at_++];
            if (c == '\\')
                escaped(made);
            else
                made += c;
        }
        at_++;
        return made;
    }
    std::string_view text_;
    std::size_t at_ = 0;
};

/// Refers to the text.
inline Json read_json(std::string_view text)
{
    return JsonReader(text).value();
}

} // namespace testing

#endif
