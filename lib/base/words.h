/* SPDX-License-Identifier: MIT */
#ifndef CDP_BASE_WORDS_H
#define CDP_BASE_WORDS_H

#include <codedeploy/base.h>

/* The spellings of an enumeration's values first, first + 1, … */
typedef struct cdp_word_list {
    int first;
    size_t count;
    const char *const *words;
} cdp_word_list;

#define CDP_WORD_LIST(list, first_value, ...)                                                      \
    static const char *const list##_words[] = {__VA_ARGS__};                                       \
    const cdp_word_list list = {first_value, sizeof list##_words / sizeof *list##_words,           \
                                list##_words}

/* The two public functions of an enumeration: its value's name, and the value of a name. */
#define CDP_WORD_FUNCTIONS(type, list)                                                             \
    const char *type##_name(type value)                                                            \
    {                                                                                              \
        return cdp_word_of(&list, (int)value);                                                     \
    }                                                                                              \
    cdp_status type##_from_name(cdp_string name, type *value)                                      \
    {                                                                                              \
        int found;                                                                                 \
                                                                                                   \
        if (!value)                                                                                \
            return CDP_ERR_ARGUMENT;                                                               \
        if (cdp_word_find(&list, name, &found) != CDP_OK)                                          \
            return CDP_ERR_NOT_FOUND;                                                              \
        *value = (type)found;                                                                      \
        return CDP_OK;                                                                             \
    }

/* "unknown" for a value that the list does not have. */
const char *cdp_word_of(const cdp_word_list *list, int value);

/* CDP_OK or CDP_ERR_NOT_FOUND; case counts. */
cdp_status cdp_word_find(const cdp_word_list *list, cdp_string word, int *value);

#endif
