// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_CPP_SUPPORT_HPP
#define CODEDEPLOY_CPP_SUPPORT_HPP

/// @file
/// What the other headers of the C++ binding build on: text, sets of enumerators, lists.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <codedeploy/codedeploy.h>

// Whether failures are thrown (1) or returned (0). A build without exceptions returns them; any other
// can ask for that with CODEDEPLOY_NO_EXCEPTIONS. The two live in inline namespaces of different
// names, so that a program may be linked from both.
#if defined(CODEDEPLOY_NO_EXCEPTIONS) || !defined(__cpp_exceptions)
#define CODEDEPLOY_THROWS 0
#define CODEDEPLOY_ABI returning
#else
#define CODEDEPLOY_THROWS 1
#define CODEDEPLOY_ABI throwing
#endif

namespace codedeploy
{
inline namespace CODEDEPLOY_ABI
{

/// All spans of time; and, counted from an origin of the program's own, all moments.
using Milliseconds = std::chrono::duration<std::int64_t, std::milli>;

/// In place of a moment: never, or not known yet.
constexpr Milliseconds never = Milliseconds::max();

/// The enumerator of exactly this name, if there is one: `from_name<Platform>("ECS")`. It exists for
/// every enumeration that has a `name()` in the API's or the library's own spelling to be read back.
template <class E> std::optional<E> from_name(std::string_view name) = delete;

/// A sum of enumerators that are bits: `{LinkAllow::A, LinkAllow::B}`.
template <class E> class Flags
{
  public:
    constexpr Flags() = default;
    constexpr Flags(E flag) : bits_(static_cast<std::uint32_t>(flag))
    {
    }
    constexpr Flags(std::initializer_list<E> flags)
    {
        for (E flag : flags)
            bits_ |= static_cast<std::uint32_t>(flag);
    }
    static constexpr Flags from_bits(std::uint32_t bits)
    {
        Flags flags;
        flags.bits_ = bits;
        return flags;
    }
    constexpr std::uint32_t bits() const
    {
        return bits_;
    }
    constexpr bool contains(E flag) const
    {
        return (bits_ & static_cast<std::uint32_t>(flag)) != 0;
    }
    constexpr bool empty() const
    {
        return bits_ == 0;
    }
    friend constexpr Flags operator|(Flags a, Flags b)
    {
        return from_bits(a.bits_ | b.bits_);
    }
    friend constexpr bool operator==(Flags a, Flags b)
    {
        return a.bits_ == b.bits_;
    }
    friend constexpr bool operator!=(Flags a, Flags b)
    {
        return a.bits_ != b.bits_;
    }

  private:
    std::uint32_t bits_ = 0;
};

/// A set of enumerators of an enumeration with values from 0 to 31: `{Event::Install}`.
template <class E> class EnumSet
{
  public:
    constexpr EnumSet() = default;
    constexpr EnumSet(std::initializer_list<E> values)
    {
        for (E value : values)
            insert(value);
    }
    static constexpr EnumSet from_bits(std::uint32_t bits)
    {
        EnumSet set;
        set.bits_ = bits;
        return set;
    }
    constexpr std::uint32_t bits() const
    {
        return bits_;
    }
    constexpr void insert(E value)
    {
        bits_ |= bit(value);
    }
    constexpr void erase(E value)
    {
        bits_ &= ~bit(value);
    }
    constexpr bool contains(E value) const
    {
        return (bits_ & bit(value)) != 0;
    }
    constexpr bool empty() const
    {
        return bits_ == 0;
    }
    friend constexpr bool operator==(EnumSet a, EnumSet b)
    {
        return a.bits_ == b.bits_;
    }
    friend constexpr bool operator!=(EnumSet a, EnumSet b)
    {
        return a.bits_ != b.bits_;
    }

  private:
    static constexpr std::uint32_t bit(E value)
    {
        return static_cast<unsigned>(value) < 32 ? 1u << static_cast<unsigned>(value) : 0;
    }
    std::uint32_t bits_ = 0;
};

/// A list that an object holds, read item by item: a range of values. It keeps immutable objects
/// alive; a list of a machine must not outlive the machine and is read anew after each input.
/// An index past the end gives an item with nothing in it.
template <class T> class List
{
  public:
    /// Reads item `index` of the list number `outer` of `object`.
    using Read = T (*)(const void *object, std::size_t outer, std::size_t index);

    class iterator
    {
      public:
        using value_type = T;
        using reference = T;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::input_iterator_tag;
        struct pointer {
            T value;
            T *operator->()
            {
                return &value;
            }
        };

        iterator() = default;
        T operator*() const
        {
            return read_(object_, outer_, index_);
        }
        pointer operator->() const
        {
            return pointer{**this};
        }
        T operator[](difference_type n) const
        {
            return *(*this + n);
        }
        iterator &operator++()
        {
            index_++;
            return *this;
        }
        iterator operator++(int)
        {
            iterator before = *this;
            index_++;
            return before;
        }
        iterator &operator--()
        {
            index_--;
            return *this;
        }
        iterator &operator+=(difference_type n)
        {
            index_ += static_cast<std::size_t>(n);
            return *this;
        }
        iterator &operator-=(difference_type n)
        {
            return *this += -n;
        }
        friend iterator operator+(iterator a, difference_type n)
        {
            return a += n;
        }
        friend iterator operator-(iterator a, difference_type n)
        {
            return a -= n;
        }
        friend difference_type operator-(const iterator &a, const iterator &b)
        {
            return static_cast<difference_type>(a.index_ - b.index_);
        }
        friend bool operator==(const iterator &a, const iterator &b)
        {
            return a.index_ == b.index_;
        }
        friend bool operator!=(const iterator &a, const iterator &b)
        {
            return a.index_ != b.index_;
        }
        friend bool operator<(const iterator &a, const iterator &b)
        {
            return a.index_ < b.index_;
        }

      private:
        friend class List;
        iterator(Read read, const void *object, std::size_t outer, std::size_t index)
            : read_(read), object_(object), outer_(outer), index_(index)
        {
        }
        Read read_ = nullptr;
        const void *object_ = nullptr;
        std::size_t outer_ = 0;
        std::size_t index_ = 0;
    };
    using const_iterator = iterator;
    using value_type = T;

    List() = default;
    List(std::shared_ptr<const void> keep, const void *object, std::size_t outer, std::size_t size,
         Read read)
        : keep_(std::move(keep)), object_(object), outer_(outer), size_(size), read_(read)
    {
    }
    std::size_t size() const
    {
        return size_;
    }
    bool empty() const
    {
        return size_ == 0;
    }
    T operator[](std::size_t index) const
    {
        return index < size_ ? read_(object_, outer_, index) : T();
    }
    /// The item at an index, if there is one.
    std::optional<T> at(std::size_t index) const
    {
        if (index >= size_)
            return std::nullopt;
        return read_(object_, outer_, index);
    }
    T front() const
    {
        return (*this)[0];
    }
    T back() const
    {
        return (*this)[size_ - 1];
    }
    iterator begin() const
    {
        return iterator(read_, object_, outer_, 0);
    }
    iterator end() const
    {
        return iterator(read_, object_, outer_, size_);
    }
    /// All items, copied.
    std::vector<T> to_vector() const
    {
        return std::vector<T>(begin(), end());
    }

  private:
    std::shared_ptr<const void> keep_;
    const void *object_ = nullptr;
    std::size_t outer_ = 0;
    std::size_t size_ = 0;
    Read read_ = nullptr;
};

namespace detail
{

inline cdp_string text(std::string_view value)
{
    return cdp_string{value.data(), value.size()};
}
inline cdp_string text(const std::string &value)
{
    return cdp_string{value.data(), value.size()};
}
inline cdp_string text(const char *value)
{
    return value ? text(std::string_view(value)) : cdp_string{nullptr, 0};
}
template <class S> cdp_string text(const std::optional<S> &value)
{
    return value ? text(*value) : cdp_string{nullptr, 0};
}

inline std::string_view view(cdp_string value)
{
    return value.data ? std::string_view(value.data, value.length) : std::string_view();
}
inline std::string_view view(const char *value)
{
    return value ? std::string_view(value) : std::string_view();
}
inline std::string string(cdp_string value)
{
    return std::string(view(value));
}
inline std::optional<std::string_view> optional_view(cdp_string value)
{
    return value.data ? std::optional<std::string_view>(view(value)) : std::nullopt;
}
inline std::optional<std::string_view> optional_view(const char *value)
{
    return value ? std::optional<std::string_view>(value) : std::nullopt;
}
inline std::optional<std::string> optional_string(cdp_string value)
{
    return value.data ? std::optional<std::string>(string(value)) : std::nullopt;
}
template <class I> std::optional<I> index(I value, I none)
{
    return value == none ? std::nullopt : std::optional<I>(value);
}

/// A C struct, all zero but its size.
template <class C> C sized()
{
    C c{};
    c.size = sizeof c;
    return c;
}

/// The C strings of a list of texts; valid as long as those.
template <class Strings> std::vector<cdp_string> texts(const Strings &strings)
{
    std::vector<cdp_string> made;
    made.reserve(strings.size());
    for (const auto &string : strings)
        made.push_back(text(string));
    return made;
}

/// Owns a C object; NULL when it was moved away.
template <class T, void (*Free)(T *)> class Owned
{
  public:
    Owned() = default;
    explicit Owned(T *object) : object_(object)
    {
    }
    Owned(Owned &&other) noexcept : object_(std::exchange(other.object_, nullptr))
    {
    }
    Owned &operator=(Owned &&other) noexcept
    {
        if (this != &other) {
            Free(object_);
            object_ = std::exchange(other.object_, nullptr);
        }
        return *this;
    }
    ~Owned()
    {
        Free(object_);
    }
    T *get() const
    {
        return object_;
    }
    /// Where a C function puts the object that it makes.
    T **out()
    {
        return &object_;
    }
    T *release()
    {
        return std::exchange(object_, nullptr);
    }
    /// Shares it from now on.
    std::shared_ptr<const T> share()
    {
        return std::shared_ptr<const T>(release(), [](const T *object) {
            Free(const_cast<T *>(object)); // made by a C function that gave a T *
        });
    }

  private:
    T *object_ = nullptr;
};

} // namespace detail
} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
