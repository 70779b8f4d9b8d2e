// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_CPP_CALLBACKS_HPP
#define CODEDEPLOY_CPP_CALLBACKS_HPP

/// @file
/// How exceptions get out of callbacks: caught before they could reach a frame of C, thrown again,
/// the same object, by the call that led to the callback.

#include <codedeploy/cpp/result.hpp>

namespace codedeploy
{
inline namespace CODEDEPLOY_ABI
{
namespace detail
{

/// The first exception that callbacks threw.
class Thrown
{
  public:
    /// Calls `what`; CDP_ERR_HOST when it throws.
    template <class What> cdp_status guard(What &&what) noexcept
    {
#if defined(__cpp_exceptions)
        try {
            return what();
        } catch (...) {
            if (!first_)
                first_ = std::current_exception();
            return CDP_ERR_HOST;
        }
#else
        return what();
#endif
    }
    bool any() const
    {
#if defined(__cpp_exceptions)
        return first_ != nullptr;
#else
        return false;
#endif
    }
    /// Throws it, if there is one, and forgets it.
    void rethrow()
    {
#if defined(__cpp_exceptions)
        if (first_)
            std::rethrow_exception(std::exchange(first_, nullptr));
#endif
    }

  private:
#if defined(__cpp_exceptions)
    std::exception_ptr first_;
#endif
};

} // namespace detail
} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
