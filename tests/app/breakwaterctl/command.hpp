// A program as a person starts it: arguments in, exit code and two texts out.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

#include "tests/app/scratch.hpp"

namespace breakwater::test {

struct Answer {
    int code = -1;  // 128 + signal when the program was killed by one
    std::string out;
    std::string err;
};

// `without`: names that the child's environment does not hold.
inline Answer start(const std::string& program, const std::vector<std::string>& arguments,
                    const std::vector<std::string>& without = {}) {
    const Scratch scratch;
    std::vector<std::string> words{program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    std::vector<char*> environment;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view name =
            std::string_view(*entry).substr(0, std::string_view(*entry).find('='));
        bool kept = name != "BREAKWATER_RESOURCES";
        for (const std::string& unwanted : without)
            kept = kept && name != unwanted;
        if (kept) environment.push_back(*entry);
    }
    environment.push_back(nullptr);
    const std::string out = (scratch / "out").string(), err = (scratch / "err").string();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT,
                                     0600);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), O_WRONLY | O_CREAT,
                                     0600);
    pid_t child = 0;
    const int failed =
        ::posix_spawn(&child, program.c_str(), &actions, nullptr, argv.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    Answer answer;
    if (failed != 0) {
        ADD_FAILURE() << program << " cannot be started";
        return answer;
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    answer.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    answer.out = bytesOf(out);
    answer.err = bytesOf(err);
    return answer;
}

inline Answer ctl(const std::vector<std::string>& arguments) {
    return start(BREAKWATERCTL, arguments);
}

inline bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

// Could not be done: exit code 2 and a reason on standard error, nothing on standard output.
inline void expectRefused(const Answer& answer, const std::vector<std::string>& reasons) {
    EXPECT_EQ(answer.code, 2) << answer.out << answer.err;
    EXPECT_EQ(answer.out, "");
    for (const std::string& reason : reasons)
        EXPECT_TRUE(holds(answer.err, reason)) << "no '" << reason << "' in: " << answer.err;
}

}  // namespace breakwater::test
