/* Reads the instructions that SandboxProgram.cs wrote. Texts stay where they are: each is followed by a NUL. */
#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct reader {
    const char *position, *end;
};

static void *grow(void *array, size_t count, size_t size)
{
    /* Grows at powers of two only. */
    if ((count & (count - 1)) != 0)
        return array;
    void *larger = reallocarray(array, count == 0 ? 1 : count * 2, size);
    if (larger == NULL)
        fail(STEP_PREPARE, ENOMEM, "cannot read the sandbox specification");
    return larger;
}

static const char *take(struct reader *reader, size_t size)
{
    if ((size_t)(reader->end - reader->position) < size)
        fail(STEP_PREPARE, 0, "the sandbox specification ends too early");
    const char *start = reader->position;
    reader->position += size;
    return start;
}

static uint32_t take_number(struct reader *reader)
{
    uint32_t value;
    memcpy(&value, take(reader, sizeof value), sizeof value);
    return value;
}

static uint64_t take_long_number(struct reader *reader)
{
    uint64_t value;
    memcpy(&value, take(reader, sizeof value), sizeof value);
    return value;
}

static const char *take_text(struct reader *reader, size_t *length)
{
    uint32_t size = take_number(reader);
    const char *text = take(reader, (size_t)size + 1);
    if (text[size] != 0 || (length == NULL && strlen(text) != size))
        fail(STEP_PREPARE, 0, "a text of the sandbox specification contains a NUL byte");
    if (length != NULL)
        *length = size;
    return text;
}

static void take_entry(struct reader *reader, enum code code, struct specification *specification)
{
    struct entry entry = {.code = code, .tree = -1};
    switch (code) {
    case CODE_TEMPORARY_DIRECTORY:
        entry.path = take_text(reader, NULL);
        entry.mode = take_number(reader);
        entry.size = take_long_number(reader);
        break;
    case CODE_DIRECTORY:
        entry.path = take_text(reader, NULL);
        entry.mode = take_number(reader);
        break;
    case CODE_FILE:
        entry.path = take_text(reader, NULL);
        entry.source = take_text(reader, &entry.source_length);
        entry.mode = take_number(reader);
        break;
    case CODE_LINK:
        entry.path = take_text(reader, NULL);
        entry.source = take_text(reader, NULL);
        break;
    case CODE_BIND:
        entry.source = take_text(reader, NULL);
        entry.path = take_text(reader, NULL);
        entry.access = take_number(reader);
        entry.is_optional = take_number(reader) != 0;
        break;
    case CODE_UNION:
        entry.source = take_text(reader, NULL);
        entry.path = take_text(reader, NULL);
        break;
    default:
        fail(STEP_PREPARE, 0, "the sandbox specification has an unknown code %d", (int)code);
    }
    if (entry.path[0] != '/' || strstr(entry.path, "/../") != NULL)
        fail(STEP_PREPARE, 0, "'%s' is not an absolute path of the sandbox", entry.path);
    specification->entries =
        grow(specification->entries, specification->entry_count, sizeof entry);
    specification->entries[specification->entry_count++] = entry;
}

static void take_limit(struct reader *reader, struct specification *specification)
{
    struct limit limit = {.resource = (int)take_number(reader)};
    limit.value.rlim_cur = take_long_number(reader);
    limit.value.rlim_max = take_long_number(reader);
    specification->limits = grow(specification->limits, specification->limit_count, sizeof limit);
    specification->limits[specification->limit_count++] = limit;
}

static void take_emulator(struct reader *reader, struct specification *specification)
{
    struct emulator emulator = {.tree = -1};
    emulator.rule = take_text(reader, NULL);
    emulator.interpreter = take_text(reader, NULL);
    emulator.flags = take_text(reader, NULL);
    specification->emulators =
        grow(specification->emulators, specification->emulator_count, sizeof emulator);
    specification->emulators[specification->emulator_count++] = emulator;
}

/* Keeps the NULL at the end that execve wants. */
static char **append_text(char **texts, size_t *count, const char *text)
{
    texts = grow(texts, *count, sizeof *texts * 2);
    texts[(*count)++] = (char *)text;
    texts[*count] = NULL;
    return texts;
}

struct specification *read_specification(int descriptor)
{
    struct stat status;
    if (fstat(descriptor, &status) != 0)
        fail(STEP_PREPARE, errno, "cannot read the sandbox specification");
    char *bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (bytes == MAP_FAILED)
        fail(STEP_PREPARE, errno, "cannot read the sandbox specification");

    struct reader reader = {bytes, bytes + status.st_size};
    if (memcmp(take(&reader, 8), "FERRYSB1", 8) != 0)
        fail(STEP_PREPARE, 0, "the sandbox specification has another version");
    struct specification *specification = calloc(1, sizeof *specification);
    if (specification == NULL)
        fail(STEP_PREPARE, ENOMEM, "cannot read the sandbox specification");
    specification->flags = take_number(&reader);
    specification->root = take_number(&reader);
    specification->parent = (pid_t)take_number(&reader);
    specification->host_user = take_number(&reader);
    specification->host_group = take_number(&reader);
    specification->user = take_number(&reader);
    specification->group = take_number(&reader);

    size_t argument_count = 0, variable_count = 0;
    while (reader.position < reader.end) {
        enum code code = (unsigned char)*take(&reader, 1);
        switch (code) {
        case CODE_PROGRAM:
            specification->program = take_text(&reader, NULL);
            break;
        case CODE_ARGUMENT:
            specification->arguments = append_text(
                specification->arguments, &argument_count, take_text(&reader, NULL));
            break;
        case CODE_ENVIRONMENT:
            specification->environment = append_text(
                specification->environment, &variable_count, take_text(&reader, NULL));
            break;
        case CODE_WORKING_DIRECTORY:
            specification->working_directory = take_text(&reader, NULL);
            break;
        case CODE_HOST_NAME:
            specification->host_name = take_text(&reader, NULL);
            break;
        case CODE_LIMIT:
            take_limit(&reader, specification);
            break;
        case CODE_EMULATOR:
            take_emulator(&reader, specification);
            break;
        default:
            take_entry(&reader, code, specification);
        }
    }
    if (specification->environment == NULL)
        specification->environment = grow(NULL, 0, sizeof(char *)), specification->environment[0] = NULL;
    if (specification->program == NULL || specification->arguments == NULL
        || specification->working_directory == NULL || specification->host_name == NULL)
        fail(STEP_PREPARE, 0, "the sandbox specification is incomplete");
    return specification;
}
