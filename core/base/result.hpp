// Result<T>: an operation that may fail, with a code and one sentence for a person.
//
// Member names follow std::expected, which GCC 12 does not have.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "core/base/assert.hpp"

namespace breakwater {

enum class ErrorCode {
    InvalidArgument,
    OutOfRange,
    Malformed,  // text or bytes that do not follow their format
    NotFound,
    Unsupported,   // understood, but this version cannot
    NewerVersion,  // written by a later Breakwater
    Locked,
    Io,
    Corrupt,
    Full,
    Refused,
};

struct Error {
    ErrorCode code = ErrorCode::InvalidArgument;
    std::string message;  // one sentence: what, where, why

    friend bool operator==(const Error&, const Error&) = default;
};

// Wraps an Error so that Result<T> can be built from it without ambiguity.
class Unexpected {
public:
    explicit Unexpected(Error error) : m_error(std::move(error)) {}
    Error& error() { return m_error; }

private:
    Error m_error;
};

inline Unexpected fail(ErrorCode code, std::string message) {
    return Unexpected(Error{code, std::move(message)});
}

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Unexpected unexpected)
        : m_state(std::in_place_index<1>, std::move(unexpected.error())) {}

    bool has_value() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    T& value() & {
        BW_ASSERT(has_value());
        return *std::get_if<0>(&m_state);
    }
    const T& value() const& {
        BW_ASSERT(has_value());
        return *std::get_if<0>(&m_state);
    }
    T&& value() && {
        BW_ASSERT(has_value());
        return std::move(*std::get_if<0>(&m_state));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const {
        BW_ASSERT(!has_value());
        return *std::get_if<1>(&m_state);
    }

private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Unexpected unexpected) : m_error(std::move(unexpected.error())), m_ok(false) {}

    bool has_value() const noexcept { return m_ok; }
    explicit operator bool() const noexcept { return m_ok; }
    const Error& error() const {
        BW_ASSERT(!m_ok);
        return m_error;
    }

private:
    Error m_error;
    bool m_ok = true;
};

}  // namespace breakwater
