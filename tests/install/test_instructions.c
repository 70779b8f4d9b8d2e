/* SPDX-License-Identifier: MIT */
#include "testing.h"

#include <codedeploy/install.h>

#include "base/strings.h"

static cdp_install_instructions *read_text(const char *text)
{
    cdp_install_instructions *instructions;

    assert_int_equal(
        cdp_install_instructions_parse(text, strlen(text), NULL, NULL, NULL, &instructions),
        CDP_OK);
    return instructions;
}

static cdp_install_instruction at(const cdp_install_instructions *instructions, size_t index)
{
    cdp_install_instruction instruction = {.size = sizeof instruction};

    assert_int_equal(cdp_install_instructions_at(instructions, index, &instruction), CDP_OK);
    return instruction;
}

/* Once as the agent 1.x writes it, once as 2.x does. */
static const char agent_1[] =
    "{\"instructions\":[{\"type\":\"mkdir\",\"directory\":\"/srv\"},{\"type\":\"copy\","
    "\"source\":\"/rev/a\",\"destination\":\"/srv/a\"},{\"type\":\"chmod\",\"mode\":\"0644\","
    "\"file\":\"/srv/a\"},{\"type\":\"setfacl\",\"acl\":[\"user:bob:rw-\",\"mask::r--\"],\"file\":"
    "\"/srv/a\"},{\"type\":\"semanage\",\"context\":{\"user\":null,\"role\":null,\"type\":\"t\","
    "\"range\":\"s0\"},\"file\":\"/srv/a\"},{\"type\":\"chown\",\"owner\":1000,\"group\":null,"
    "\"file\":\"/srv/a\"}]}";
static const char agent_2[] =
    "{\n  \"instructions\": [\n    {\"directory\": \"/srv\", \"type\": \"mkdir\"},\n"
    "    {\"destination\": \"/srv/a\", \"source\": \"/rev/a\", \"type\": \"copy\"},\n"
    "    {\"file\": \"/srv/a\", \"mode\": \"644\", \"type\": \"chmod\"},\n"
    "    {\"acl\": [\"user:bob:rw-\", \"mask::r--\"], \"file\": \"/srv/a\", \"type\": "
    "\"setfacl\"},\n"
    "    {\"context\": {\"range\": \"s0\", \"role\": null, \"type\": \"t\", \"user\": null}, "
    "\"file\": \"/srv/a\", \"type\": \"semanage\"},\n"
    "    {\"file\": \"/srv/a\", \"group\": null, \"owner\": \"1000\", \"type\": \"chown\"}\n  "
    "]\n}\n";

static void assert_all_read(const char *text)
{
    cdp_install_instructions *all = read_text(text);
    cdp_string entry;

    assert_int_equal(cdp_install_instructions_count(all), 6);
    assert_int_equal(at(all, 0).type, CDP_INSTALL_MKDIR);
    assert_cdp_string(at(all, 0).path, "/srv");
    assert_absent(at(all, 0).source);
    assert_int_equal(at(all, 1).type, CDP_INSTALL_COPY);
    assert_cdp_string(at(all, 1).source, "/rev/a");
    assert_cdp_string(at(all, 1).path, "/srv/a");
    assert_int_equal(at(all, 2).type, CDP_INSTALL_CHMOD);
    assert_int_equal(at(all, 2).mode_bits, 0644);
    assert_int_equal(at(all, 3).type, CDP_INSTALL_SETFACL);
    assert_int_equal(at(all, 3).acl_count, 2);
    assert_int_equal(cdp_install_instructions_acl_at(all, 3, 1, &entry), CDP_OK);
    assert_cdp_string(entry, "mask::r--");
    assert_int_equal(cdp_install_instructions_acl_at(all, 3, 2, &entry), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_install_instructions_acl_at(all, 2, 0, &entry), CDP_ERR_NOT_FOUND);
    assert_int_equal(at(all, 4).type, CDP_INSTALL_SEMANAGE);
    assert_absent(at(all, 4).context_user);
    assert_cdp_string(at(all, 4).context_type, "t");
    assert_cdp_string(at(all, 4).context_range, "s0");
    assert_int_equal(at(all, 5).type, CDP_INSTALL_CHOWN);
    assert_cdp_string(at(all, 5).owner, "1000");
    assert_absent(at(all, 5).group);
    cdp_install_instructions_free(all);
}

static void both_agents_files_are_read(void **state)
{
    (void)state;
    assert_all_read(agent_1);
    assert_all_read(agent_2);
}

static void names_that_are_not_utf8_come_back(void **state)
{
    cdp_install_instructions *all =
        read_text("{\"instructions\":[{\"type\":\"mkdir\",\"directory\":\"/\\udcff\\n\"}]}");

    (void)state;
    assert_cdp_string(at(all, 0).path, "/\xff\n");
    cdp_install_instructions_free(all);
}

static void what_is_no_instruction_is_refused_with_its_place(void **state)
{
    static const struct {
        const char *text;
        cdp_diagnostic_code code;
    } cases[] = {
        {"[]", CDP_DIAGNOSTIC_INSTALL_INSTRUCTIONS_SHAPE},
        {"{}", CDP_DIAGNOSTIC_INSTALL_INSTRUCTIONS_SHAPE},
        {"{\"instructions\":{}}", CDP_DIAGNOSTIC_INSTALL_INSTRUCTIONS_SHAPE},
        {"{\"instructions\":[1]}", CDP_DIAGNOSTIC_INSTALL_INSTRUCTIONS_SHAPE},
        {"{\"instructions\":[{}]}", CDP_DIAGNOSTIC_INSTALL_INSTRUCTIONS_SHAPE},
        {"{\"instructions\":[{\"type\":\"rm\"}]}", CDP_DIAGNOSTIC_INSTALL_INSTRUCTION_TYPE},
        {"{\"instructions\":[{\"type\":\"copy\",\"source\":\"a\"}]}",
         CDP_DIAGNOSTIC_INSTALL_INSTRUCTIONS_SHAPE},
        {"{\"instructions\":[{\"type\":\"chmod\",\"mode\":\"888\",\"file\":\"a\"}]}",
         CDP_DIAGNOSTIC_INSTALL_INSTRUCTIONS_SHAPE},
        {"{\"instructions\":[{\"type\":\"chmod\",\"mode\":\"00644\",\"file\":\"a\"}]}",
         CDP_DIAGNOSTIC_INSTALL_INSTRUCTIONS_SHAPE},
        {"{\"instructions\":[{\"type\":\"setfacl\",\"acl\":\"u\",\"file\":\"a\"}]}",
         CDP_DIAGNOSTIC_INSTALL_INSTRUCTIONS_SHAPE},
        {"{\"instructions\":[{\"type\":\"setfacl\",\"acl\":[[]],\"file\":\"a\"}]}",
         CDP_DIAGNOSTIC_INSTALL_INSTRUCTIONS_SHAPE},
        {"{\"instructions\":[{\"type\":\"semanage\",\"context\":{},\"file\":\"a\"}]}",
         CDP_DIAGNOSTIC_INSTALL_INSTRUCTIONS_SHAPE},
        {"{\"instructions\":[{\"type\":\"chown\",\"owner\":{},\"file\":\"a\"}]}",
         CDP_DIAGNOSTIC_INSTALL_INSTRUCTIONS_SHAPE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cdp_diagnostic found = {.size = sizeof found};
        cdp_install_instructions *instructions;
        cdp_diagnostics *diagnostics;

        assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
        assert_int_equal(cdp_install_instructions_parse(cases[i].text, strlen(cases[i].text), NULL,
                                                        NULL, diagnostics, &instructions),
                         CDP_ERR_INVALID);
        assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &found), CDP_OK);
        assert_int_equal(found.code, cases[i].code);
        assert_int_equal(found.line, 1);
        cdp_diagnostics_free(diagnostics);
    }
}

static cdp_status read_all(const cdp_allocator *allocator, void *context)
{
    cdp_install_instructions *instructions;
    cdp_status status = cdp_install_instructions_parse(agent_1, sizeof agent_1 - 1, allocator, NULL,
                                                       NULL, &instructions);

    (void)context;
    if (status == CDP_OK)
        cdp_install_instructions_free(instructions);
    return status;
}

static void reading_survives_failing_allocations(void **state)
{
    (void)state;
    assert_true(test_fail_every_allocation(read_all, NULL) > 3);
}

static void names_and_arguments(void **state)
{
    cdp_install_instructions *instructions;

    (void)state;
    assert_string_equal(cdp_install_instruction_type_name(CDP_INSTALL_COPY), "copy");
    assert_string_equal(cdp_install_instruction_type_name(CDP_INSTALL_CHOWN), "chown");
    assert_string_equal(cdp_install_instruction_type_name((cdp_install_instruction_type)0),
                        "unknown");
    assert_int_equal(cdp_install_instructions_parse("", 0, NULL, NULL, NULL, NULL),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_install_instructions_parse(NULL, 1, NULL, NULL, NULL, &instructions),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_install_instructions_count(NULL), 0);
    cdp_install_instructions_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_agents_files_are_read),
        cmocka_unit_test(names_that_are_not_utf8_come_back),
        cmocka_unit_test(what_is_no_instruction_is_refused_with_its_place),
        cmocka_unit_test(reading_survives_failing_allocations),
        cmocka_unit_test(names_and_arguments),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
