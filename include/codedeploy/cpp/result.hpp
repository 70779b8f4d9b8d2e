// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_CPP_RESULT_HPP
#define CODEDEPLOY_CPP_RESULT_HPP

/// @file
/// What goes wrong: diagnostics, errors, results; and what every function takes: an allocator.
///
/// A function that may fail returns `Outcome<T>`. That is plainly `T` where failures are thrown: as
/// Error, or as std::bad_alloc when there is no memory. Where they are returned
/// (CODEDEPLOY_NO_EXCEPTIONS, or a build without exceptions) it is `Result<T>`.

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <variant>

#if defined(__has_include)
#if __has_include(<memory_resource>)
#include <memory_resource>
#define CODEDEPLOY_HAS_MEMORY_RESOURCE 1
#endif
#endif

#include <codedeploy/cpp/support.hpp>
#include <codedeploy/cpp/types.hpp>

namespace codedeploy
{
inline namespace CODEDEPLOY_ABI
{

/// The library's version, `"0.1.0"`, and as a number: major * 1,000,000 + minor * 1,000 + patch.
inline std::string_view version()
{
    return detail::view(cdp_version());
}
inline std::uint32_t version_number()
{
    return cdp_version_number();
}

/// Whether this build of the library has a feature.
inline bool supports(Feature feature)
{
    return cdp_feature_supported(static_cast<cdp_feature>(feature)) != 0;
}

/// Which of some words a misspelt one most likely means, if one is near enough.
inline std::optional<std::size_t> suggest(std::string_view word,
                                          const std::vector<const char *> &candidates)
{
    const std::size_t found = cdp_suggest(detail::text(word), candidates.data(), candidates.size());
    return found < candidates.size() ? std::optional<std::size_t>(found) : std::nullopt;
}

/// One finding: what is wrong with an input, where, and what to do about it.
struct Diagnostic {
    /// A replacement that can be applied without a second thought: `text` in place of `length` bytes
    /// at `offset`.
    struct Fix {
        std::size_t offset = 0;
        std::size_t length = 0;
        std::string text;
    };
    DiagnosticCode code{};
    Severity severity{};
    /// One sentence in plain words.
    std::string message;
    std::optional<std::string> hint;
    /// JSON Pointer to the node concerned.
    std::optional<std::string> pointer;
    /// First byte concerned and the byte after the last.
    std::size_t offset = 0;
    std::size_t end_offset = 0;
    /// The same as lines and columns from 1; all 0 for a finding without a place.
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::uint32_t end_line = 0;
    std::uint32_t end_column = 0;
    std::optional<Fix> fix;

    /// `"appspec-unknown-hook"`: stable, never reused.
    std::string_view name() const;
    /// What the registry says of its code.
    std::optional<DiagnosticInfo> info() const;
};

/// What the registry says of a code; nothing for a number that is none.
inline std::optional<DiagnosticInfo> info(DiagnosticCode code)
{
    auto c = detail::sized<cdp_diagnostic_info>();
    if (cdp_diagnostic_info_get(static_cast<cdp_diagnostic_code>(code), &c) != CDP_OK)
        return std::nullopt;
    return detail::from_c(c);
}

/// `"appspec-unknown-hook"`; empty for a number that is none.
inline std::string_view name(DiagnosticCode code)
{
    const auto found = info(code);
    return found ? found->name : std::string_view();
}

/// The code of a name, if there is one.
template <> inline std::optional<DiagnosticCode> from_name<DiagnosticCode>(std::string_view name)
{
    const auto code = cdp_diagnostic_code_from_name(std::string(name).c_str());
    return static_cast<int>(code) ? std::optional<DiagnosticCode>(static_cast<DiagnosticCode>(code))
                                  : std::nullopt;
}

/// All codes of the registry.
inline std::vector<DiagnosticCode> diagnostic_codes()
{
    std::vector<DiagnosticCode> codes;
    for (std::size_t i = 0; i < cdp_diagnostic_code_count(); i++)
        codes.push_back(static_cast<DiagnosticCode>(cdp_diagnostic_code_at(i)));
    return codes;
}

inline std::string_view Diagnostic::name() const
{
    return codedeploy::name(code);
}

inline std::optional<DiagnosticInfo> Diagnostic::info() const
{
    return codedeploy::info(code);
}

/// Findings, in the order in which they were found. Values of its own: they depend on nothing.
class Diagnostics
{
  public:
    using const_iterator = std::vector<Diagnostic>::const_iterator;
    using value_type = Diagnostic;

    const_iterator begin() const
    {
        return all_.begin();
    }
    const_iterator end() const
    {
        return all_.end();
    }
    std::size_t size() const
    {
        return all_.size();
    }
    bool empty() const
    {
        return all_.empty();
    }
    const Diagnostic &operator[](std::size_t index) const
    {
        return all_[index];
    }
    const Diagnostic &front() const
    {
        return all_.front();
    }
    const Diagnostic &back() const
    {
        return all_.back();
    }
    /// How many more there were beyond the limit.
    std::size_t dropped() const
    {
        return dropped_;
    }
    /// How many have this severity or a graver one.
    std::size_t at_least(Severity severity) const
    {
        return static_cast<std::size_t>(std::count_if(
            begin(), end(), [&](const Diagnostic &d) { return d.severity >= severity; }));
    }
    /// The first one of a code.
    const Diagnostic *find(DiagnosticCode code) const
    {
        for (const Diagnostic &diagnostic : all_)
            if (diagnostic.code == code)
                return &diagnostic;
        return nullptr;
    }
    void add(Diagnostic diagnostic)
    {
        all_.push_back(std::move(diagnostic));
    }
    /// Adds a finding in the registry's words, `{0}` to `{3}` filled in.
    void add(DiagnosticCode code, const std::vector<std::string_view> &arguments);
    void clear()
    {
        all_.clear();
        dropped_ = 0;
    }
    /// Sorts by place in the text, findings without a place last; ties stay in their order.
    void sort()
    {
        std::stable_sort(all_.begin(), all_.end(), [](const Diagnostic &a, const Diagnostic &b) {
            if ((a.line == 0) != (b.line == 0))
                return b.line == 0;
            return a.line != 0 && a.offset < b.offset;
        });
    }
    /// Takes over what a C list holds.
    void take(const cdp_diagnostics *list);

  private:
    std::vector<Diagnostic> all_;
    std::size_t dropped_ = 0;
};

inline void Diagnostics::take(const cdp_diagnostics *list)
{
    auto c = detail::sized<cdp_diagnostic>();
    for (std::size_t i = 0; cdp_diagnostics_at(list, i, &c) == CDP_OK; i++) {
        Diagnostic d;
        d.code = static_cast<DiagnosticCode>(c.code);
        d.severity = static_cast<Severity>(c.severity);
        d.message = detail::string(c.message);
        d.hint = detail::optional_string(c.hint);
        d.pointer = detail::optional_string(c.pointer);
        d.offset = c.offset;
        d.end_offset = c.end_offset;
        d.line = c.line;
        d.column = c.column;
        d.end_line = c.end_line;
        d.end_column = c.end_column;
        if (c.fix_text.data)
            d.fix = Diagnostic::Fix{c.fix_offset, c.fix_length, detail::string(c.fix_text)};
        all_.push_back(std::move(d));
    }
    dropped_ += cdp_diagnostics_dropped(list);
}

/// A failure: its status, and everything that was found wrong with the input.
class Error : public std::exception
{
  public:
    explicit Error(Status status, Diagnostics diagnostics = Diagnostics()) : status_(status)
    {
        auto inside = std::make_shared<Inside>();
        inside->diagnostics = std::move(diagnostics);
        inside->what = std::string(status_text());
        for (const Diagnostic &d : inside->diagnostics)
            if (d.severity == Severity::Error) {
                inside->what = d.message;
                if (d.line != 0)
                    inside->what = "line " + std::to_string(d.line) + ": " + inside->what;
                break;
            }
        inside_ = std::move(inside);
    }
    /// Host callbacks' own codes come through unchanged, as numbers.
    Status status() const noexcept
    {
        return status_;
    }
    const Diagnostics &diagnostics() const noexcept
    {
        return inside_->diagnostics;
    }
    /// The first error among the diagnostics with its line, or the status in words.
    const char *what() const noexcept override
    {
        return inside_->what.c_str();
    }

  private:
    struct Inside {
        Diagnostics diagnostics;
        std::string what;
    };
    std::string_view status_text() const
    {
        return detail::view(cdp_status_message(static_cast<cdp_status>(status_)));
    }
    Status status_;
    std::shared_ptr<const Inside> inside_;
};

/// What a call gave: a value, or an Error. value() of a failure throws it; where nothing can be
/// thrown, it ends the program.
template <class T> class [[nodiscard]] Result
{
  public:
    using value_type = T;

    Result(T value) : inside_(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error) : inside_(std::in_place_index<1>, std::move(error))
    {
    }
    bool ok() const noexcept
    {
        return inside_.index() == 0;
    }
    explicit operator bool() const noexcept
    {
        return ok();
    }
    /// Status::Ok when there is a value.
    Status status() const noexcept
    {
        return ok() ? Status::Ok : std::get_if<1>(&inside_)->status();
    }
    const T &value() const &
    {
        require();
        return *std::get_if<0>(&inside_);
    }
    T &value() &
    {
        require();
        return *std::get_if<0>(&inside_);
    }
    T value() &&
    {
        require();
        return std::move(*std::get_if<0>(&inside_));
    }
    const T &operator*() const &
    {
        return value();
    }
    T &operator*() &
    {
        return value();
    }
    T operator*() &&
    {
        return std::move(*this).value();
    }
    const T *operator->() const
    {
        return &value();
    }
    T *operator->()
    {
        return &value();
    }
    /// Only of a failure.
    const Error &error() const
    {
        if (ok())
            std::abort();
        return *std::get_if<1>(&inside_);
    }

  private:
    void require() const
    {
        if (ok())
            return;
#if defined(__cpp_exceptions)
        throw *std::get_if<1>(&inside_);
#else
        std::abort();
#endif
    }
    std::variant<T, Error> inside_;
};

template <> class [[nodiscard]] Result<void>
{
  public:
    using value_type = void;

    Result() = default;
    Result(Error error) : error_(std::move(error))
    {
    }
    bool ok() const noexcept
    {
        return !error_;
    }
    explicit operator bool() const noexcept
    {
        return ok();
    }
    Status status() const noexcept
    {
        return ok() ? Status::Ok : error_->status();
    }
    void value() const
    {
        if (ok())
            return;
#if defined(__cpp_exceptions)
        throw *error_;
#else
        std::abort();
#endif
    }
    /// Only of a failure.
    const Error &error() const
    {
        if (ok())
            std::abort();
        return *error_;
    }

  private:
    std::optional<Error> error_;
};

/// What a function that may fail returns: see the top of this file.
#if CODEDEPLOY_THROWS
template <class T> using Outcome = T;
#else
template <class T> using Outcome = Result<T>;
#endif

/// Where objects take their memory from: the C library by default, or a memory resource, which has to
/// outlive them. Used from any thread that uses an object made with it.
class Allocator
{
  public:
    Allocator() = default;
    /// The C library's own kind.
    explicit Allocator(const cdp_allocator &allocator) : allocator_(allocator)
    {
    }
#if defined(CODEDEPLOY_HAS_MEMORY_RESOURCE)
    Allocator(std::pmr::memory_resource *resource)
    {
        allocator_ = detail::sized<cdp_allocator>();
        allocator_->allocate = allocate;
        allocator_->reallocate = reallocate;
        allocator_->release = release;
        allocator_->user = resource;
    }
#endif
    /// NULL for the C library's.
    const cdp_allocator *get() const
    {
        return allocator_ ? &*allocator_ : nullptr;
    }

  private:
#if defined(CODEDEPLOY_HAS_MEMORY_RESOURCE)
    static void *allocate(std::size_t bytes, void *user) noexcept
    {
#if defined(__cpp_exceptions)
        try {
            return static_cast<std::pmr::memory_resource *>(user)->allocate(bytes);
        } catch (...) {
            return nullptr;
        }
#else
        return static_cast<std::pmr::memory_resource *>(user)->allocate(bytes);
#endif
    }
    static void *reallocate(void *old, std::size_t old_bytes, std::size_t bytes,
                            void *user) noexcept
    {
        void *made = allocate(bytes, user);
        if (made) {
            std::memcpy(made, old, std::min(old_bytes, bytes));
            release(old, old_bytes, user);
        }
        return made;
    }
    static void release(void *pointer, std::size_t bytes, void *user) noexcept
    {
        static_cast<std::pmr::memory_resource *>(user)->deallocate(pointer, bytes);
    }
#endif
    std::optional<cdp_allocator> allocator_;
};

/// Bounds on what an input may cost; 0 stands for the default.
struct Limits {
    std::size_t input_bytes = 0;
    std::size_t scalar_bytes = 0;
    std::uint32_t depth = 0;
    std::uint32_t nodes = 0;
    std::uint32_t diagnostics = 0;

    /// The defaults as numbers.
    static Limits defaults()
    {
        auto c = detail::sized<cdp_limits>();
        cdp_limits_default(&c);
        return Limits{c.input_bytes, c.scalar_bytes, c.depth, c.nodes, c.diagnostics};
    }
    cdp_limits get() const
    {
        auto c = detail::sized<cdp_limits>();
        c.input_bytes = input_bytes;
        c.scalar_bytes = scalar_bytes;
        c.depth = depth;
        c.nodes = nodes;
        c.diagnostics = diagnostics;
        return c;
    }
};

/// What most functions take last, and need not be given: where findings go that are no failure, the
/// allocator of what is made, the bounds of what is read.
///
///     Diagnostics found;
///     auto spec = AppSpec::parse(text, {}, found);
struct With {
    With() = default;
    With(Diagnostics &findings) : diagnostics(&findings)
    {
    }
    With(Allocator memory) : allocator(std::move(memory))
    {
    }
    With(Limits bounds) : limits(bounds)
    {
    }
    With(Diagnostics &findings, Allocator memory, Limits bounds = Limits())
        : diagnostics(&findings), allocator(std::move(memory)), limits(bounds)
    {
    }
    Diagnostics *diagnostics = nullptr;
    Allocator allocator;
    Limits limits;
};

namespace detail
{

/// What one call finds.
class Findings
{
  public:
    explicit Findings(const With &with) : with_(&with), limits_(with.limits.get()), list_(nullptr)
    {
        // Without memory for a list, the call goes on without one and meets the same end.
        if (cdp_diagnostics_new(with.allocator.get(), &limits_, list_.out()) != CDP_OK)
            return;
    }
    cdp_diagnostics *get() const
    {
        return list_.get();
    }
    const cdp_limits *limits() const
    {
        return &limits_;
    }
    const cdp_allocator *allocator() const
    {
        return with_->allocator.get();
    }
    /// What was found, also told to whoever asked for it.
    Diagnostics take() const
    {
        Diagnostics found;
        found.take(get());
        if (with_->diagnostics)
            with_->diagnostics->take(get());
        return found;
    }

  private:
    const With *with_;
    cdp_limits limits_;
    Owned<cdp_diagnostics, cdp_diagnostics_free> list_;
};

template <class T> Outcome<T> fail(Error error)
{
#if CODEDEPLOY_THROWS
    if (error.status() == Status::NoMemory)
        throw std::bad_alloc();
    throw error;
#else
    return Outcome<T>(std::move(error));
#endif
}
template <class T> Outcome<T> fail(cdp_status status)
{
    return fail<T>(Error(static_cast<Status>(status)));
}
inline Outcome<void> done(cdp_status status)
{
    if (status < 0)
        return fail<void>(status);
    return Outcome<void>();
}
inline Outcome<void> done(cdp_status status, const Findings &findings)
{
    if (status < 0)
        return fail<void>(Error(static_cast<Status>(status), findings.take()));
    findings.take();
    return Outcome<void>();
}
/// `make()` when all went well.
template <class T, class Make>
Outcome<T> made(cdp_status status, const Findings &findings, Make &&make)
{
    if (status < 0)
        return fail<T>(Error(static_cast<Status>(status), findings.take()));
    findings.take();
    return make();
}
template <class T, class Make> Outcome<T> made(cdp_status status, Make &&make)
{
    if (status < 0)
        return fail<T>(status);
    return make();
}
/// `make()` when there is such a thing, nothing when there is not.
template <class T, class Make> std::optional<T> found(cdp_status status, Make &&make)
{
    return status < 0 ? std::nullopt : std::optional<T>(make());
}

using Text = Owned<cdp_text, cdp_text_free>;

/// The text that `write` writes.
template <class Write> Outcome<std::string> written(const With &with, Write &&write)
{
    Text text;
    cdp_status status = cdp_text_new(with.allocator.get(), text.out());
    if (status == CDP_OK)
        status = write(text.get());
    return made<std::string>(status, [&] { return string(cdp_text_string(text.get())); });
}

} // namespace detail

inline void Diagnostics::add(DiagnosticCode code, const std::vector<std::string_view> &arguments)
{
    const With with;
    const detail::Findings findings(with);
    const auto c = detail::texts(arguments);
    if (cdp_diagnostics_add_filled(findings.get(), static_cast<cdp_diagnostic_code>(code), c.data(),
                                   c.size()) == CDP_OK)
        take(findings.get());
}

/// Calls `what` and gives what it returns, or the Error that it throws or returns: for a program that
/// throws, and wants to look at one failure without.
///
///     if (auto spec = attempt([&] { return AppSpec::parse(text); }))
///         use(*spec);
template <class What> auto attempt(What &&what)
{
    using T = decltype(what());
#if CODEDEPLOY_THROWS
    try {
        if constexpr (std::is_void_v<T>) {
            what();
            return Result<void>();
        } else {
            return Result<T>(what());
        }
    } catch (const Error &error) {
        return Result<T>(error);
    } catch (const std::bad_alloc &) {
        return Result<T>(Error(Status::NoMemory));
    }
#else
    return static_cast<T>(what());
#endif
}

} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
