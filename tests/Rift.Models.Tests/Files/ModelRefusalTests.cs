using System.Text;

namespace Rift.Models.Tests;

/// <summary>Every bad model file is refused in one line that names the place, what was found and what was expected.</summary>
public class ModelRefusalTests
{
    private const string Head = "{\"format\": \"rift-model-1\", \"states\": 2, \"actions\": 1, \"discount\": 0.9, \"initial\": [1, 0],\n\"pairs\": ";

    private static readonly TestCaseData[] _broken =
    [
        Case("an empty file", "", "line 1: found an empty file, expected a JSON object"),
        Case("blanks", " \n ", "line 1: found an empty file, expected a JSON object"),
        Case("truncated", "{\"format\": \"rift-model-1\",\n\"states\": [1, 2]", "line 2: found broken JSON (Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed), expected well-formed JSON"),
        Case("a comment", "{} // no", "line 1: found broken JSON ('/' is invalid after a single JSON value. Expected end of data), expected well-formed JSON"),
        Case("NaN", "{\n\"states\": NaN}", "line 2: found broken JSON ('N' is an invalid start of a value), expected well-formed JSON"),
        Case("deep nesting", new string('[', 100), "line 1: found broken JSON (The maximum configured depth of 64 has been exceeded. Cannot read next JSON array), expected well-formed JSON"),
        Case("half a surrogate pair", "{\"format\": \"\\ud800\"}", "line 1: found half of a surrogate pair, expected text"),
        Case("no object", "[1]", "line 1: found an array, expected a JSON object"),
        Case("no format", "{}", "format: found no such key, expected \"rift-model-1\" or \"gymnasium-P\""),
        Case("another format", "{\"format\": \"rift-policy-1\"}", "line 1, format: found \"rift-policy-1\", expected \"rift-model-1\" or \"gymnasium-P\""),
        Case("an unknown key", Head + "[], \"pears\": 1}", "line 2, pears: found an unknown key, expected one of format, states, actions, discount, initial, pairs, labels, grid, notes, or a key that begins with x-"),
        Case("a key twice", Head + "[],\n\"states\": 3}", "line 3, states: found the key a second time, expected it once"),
        Case("no pairs", "{\"format\": \"rift-model-1\", \"states\": 1, \"actions\": 1, \"discount\": 0.9, \"initial\": [1]}", "pairs: found no such key, expected it, for it is required"),
        Case("too many states", "{\"format\": \"rift-model-1\",\n\"states\": 1000000}", "line 2, states: found 1000000, expected an integer, at most the file's length, from 1 to 45"),
        Case("an integer that is none", "{\"format\": \"rift-model-1\", \"states\": 1.5}", "line 1, states: found 1.5, expected an integer, at most the file's length, from 1 to 41"),
        Case("an integer out of range", "{\"format\": \"rift-model-1\", \"states\": 99999999999999999999}", "line 1, states: found 99999999999999999999, expected an integer, at most the file's length, from 1 to 58"),
        Case("no states", "{\"format\": \"rift-model-1\", \"states\": 0}", "line 1, states: found 0, expected an integer, at most the file's length, from 1 to 39"),
        Case("a discount of 1", Head.Replace("0.9", "1") + "[]}", "line 1, discount: found 1, expected a discount of at least 0 and below 1"),
        Case("a negative discount", Head.Replace("0.9", "-0.1") + "[]}", "line 1, discount: found -0.1, expected a discount of at least 0 and below 1"),
        Case("an initial of another length", Head.Replace("[1, 0]", "[1]") + "[]}", "line 1, initial: found an array of 1, expected an array of 2 probabilities, or an object from state to probability"),
        Case("an initial that does not sum to one", Head.Replace("[1, 0]", "[0.5, 0.25]") + "[]}", "the initial distribution sums to 0.75, expected 1 within 1e-12"),
        Case("an initial of an unknown state", Head.Replace("[1, 0]", "{\"2\": 1}") + "[]}", "line 1, initial.2: found state \"2\", expected 0 to 1"),
        Case("an initial of an oddly named state", Head.Replace("[1, 0]", "{\"00\": 1}") + "[]}", "line 1, initial.00: found state \"00\", expected 0 to 1"),
        Case("pairs of another kind", Head + "{}}", "line 2, pairs: found an object, expected an array of pairs"),
        Case("a pair without a reward", Head + "[{\"s\": 0, \"a\": 0, \"next\": [[0, 1]]}]}", "line 2, pairs[0]: found a pair without \"r\", expected the keys s, a, r, next"),
        Case("an unknown state", Pair("2", "0", "1", "[[0, 1]]"), "line 2, pairs[0].s: found 2, expected a state from 0 to 1"),
        Case("an unknown action", Pair("0", "-1", "1", "[[0, 1]]"), "line 2, pairs[0].a: found -1, expected an action from 0 to 0"),
        Case("a reward beyond doubles", Pair("0", "0", "1e999", "[[0, 1]]"), "line 2, pairs[0].r: found 1e999, expected a finite number"),
        Case("a reward in words", Pair("0", "0", "\"one\"", "[[0, 1]]"), "line 2, pairs[0].r: found \"one\", expected a finite number"),
        Case("an unknown successor", Pair("0", "0", "1", "[[0, 0.5],\n[7, 0.5]]"), "line 3, pairs[0].next[1][0]: found 7, expected a successor from 0 to 1"),
        Case("a negative probability", Pair("0", "0", "1", "[[0, 1.5], [1, -0.5]]"), "line 2, pairs[0].next[0][1]: found 1.5, expected a probability from 0 to 1"),
        Case("a lone successor", Pair("0", "0", "1", "[[0]]"), "line 2, pairs[0].next[0]: found an array of 1, expected [successor, probability]"),
        Case("a row that does not sum to one", Pair("0", "0", "1", "[[0, 0.5], [1, 0.48]]"), "state 0, action 0: probabilities sum to 0.98, expected 1 within 1e-12"),
        Case("a row without successors", Pair("0", "0", "1", "[]"), "line 2, pairs[0].next: probabilities sum to 0, expected 1 within 1e-12"),
        Case("a row of zeros", Pair("0", "0", "1", "[[0, 0]]"), "line 2, pairs[0].next: probabilities sum to 0, expected 1 within 1e-12"),
        Case("a pair twice", Head + "[{\"s\": 0, \"a\": 0, \"r\": 0, \"next\": [[0, 1]]},\n{\"s\": 0, \"a\": 0, \"r\": 0, \"next\": [[0, 1]]}]}", "line 3, pairs[1]: found state 0, action 0 a second time, expected it once"),
        Case("labels of another length", Head + "[], \"labels\": {\"states\": [\"a\"]}}", "line 2, labels.states: found an array of 1, expected an array of 2 strings"),
        Case("a ragged map", Head + "[], \"grid\": {\"map\": [\"..\", \".\"], \"cells\": [0, 1]}}", "line 2, grid.map[1]: found \".\", expected a row of 2 cells"),
        Case("a cell off the map", Head + "[], \"grid\": {\"map\": [\"..\"], \"cells\": [0, 2]}}", "line 2, grid.cells[1]: found 2, expected a cell from -1 to 1"),
        Case("both tables", "{\"P\": {}, \"env_P\": []}", "P: found both P and env_P, expected one of them"),
        Case("an empty table", "{\"P\": {}}", "line 1, P: found no state, expected at least one"),
        Case("an empty list", "{\"env_P\": []}", "line 1, env_P: found no transition, expected at least one"),
        Case("a state that is no number", "{\"P\": {\"zero\": {}}}", "line 1, P.zero: found state \"zero\", expected 0 to 18"),
        Case("a name of two lines", "{\"P\": {\"a\\nb\": {}}}", "line 1, P.a?b: found state \"a?b\", expected 0 to 18"),
        Case("a short transition", "{\"P\": {\"0\": {\"0\": [[1, 0, 0]]}}}", "line 1, P.0.0[0]: found an array of 3, expected [probability, next, reward, terminated]"),
        Case("a long transition", "{\"P\": {\"0\": {\"0\": [[1, 0, 0, true, 5, 6]]}}}", "line 1, P.0.0[0]: found an array of more than 4, expected [probability, next, reward, terminated]"),
        Case("an end in numbers", "{\"P\": {\"0\": {\"0\": [[1, 0, 0, 1]]}}}", "line 1, P.0.0[0][3]: found 1, expected true or false"),
        Case("a successor that is not listed", "{\"P\": {\"0\": {\"0\": [[1, 1, 0, true]]}}}", "line 1, P.0.0[0][1]: found 1, expected a successor from 0 to 0"),
        Case("an action left out", "{\"P\": {\"0\": {\"0\": [[1, 0, 0, true]], \"1\": []}}}", "state 0, action 1: found no transition, expected at least one, for the table has no unavailable actions"),
        Case("fewer states than listed", "{\"states\": 1, \"P\": {\"0\": {\"0\": [[1, 0, 0, true]]}, \"1\": {}}}", "line 1, P.1: found state 1, action 0, expected states from 0 to 0 and actions from 0 to 0"),
        Case("a table that does not sum to one", "{\"P\": {\"0\": {\"0\": [[0.5, 0, 0, true]]}}}", "state 0, action 0: probabilities sum to 0.5, expected 1 within 1e-12"),
    ];

    [TestCaseSource(nameof(_broken))]
    public void A_broken_model_is_refused(string content, string message)
    {
        using ScratchFile file = new(content);
        Assert.That(file.Refusal(path => ModelFile.Read(path)), Is.EqualTo("lake.json: " + message));
    }

    [Test]
    public void A_byte_order_mark_and_bytes_that_are_no_text_are_refused()
    {
        using ScratchFile marked = new([0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}']), bytes = new([(byte)'"', 0xFF, (byte)'"']);
        Assert.Multiple(() =>
        {
            Assert.That(marked.Refusal(path => ModelFile.Read(path)), Is.EqualTo("lake.json: line 1: found a byte order mark, expected UTF-8 without one"));
            Assert.That(bytes.Refusal(path => ModelFile.Read(path)), Is.EqualTo("lake.json: found bytes that are no UTF-8, expected UTF-8 text"));
        });
    }

    [Test]
    public void A_small_file_cannot_claim_a_huge_table()
    {
        string content = "{\"format\": \"rift-model-1\", \"states\": 9000, \"actions\": 9000, \"discount\": 0, \"initial\": {\"0\": 1}, \"pairs\": []" + new string(' ', 9000) + "}";
        using ScratchFile file = new(content);
        long before = GC.GetTotalAllocatedBytes();
        string message = file.Refusal(path => ModelFile.Read(path));
        Assert.That(message, Is.EqualTo($"lake.json: states: found 9000 states and 9000 actions in {content.Length} bytes, expected at most {(1 << 22) + (4 * content.Length)} state-action pairs"));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(1_000_000));
    }

    [Test]
    public void A_file_cut_anywhere_is_refused_and_nothing_else_happens()
    {
        byte[] whole = File.ReadAllBytes(Rift.Testing.Repository.Sample("gymnasium_cliffwalking.json"));
        for (int length = 0; length < whole.TrimEndLength(); length += 37)
        {
            using ScratchFile file = new(whole[..length]);
            Assert.That(() => ModelFile.Read(file.Path), Throws.TypeOf<ModelFormatException>());
        }
    }

    [Test]
    public void A_file_that_is_not_there_is_the_system_s_own_error() =>
        Assert.That(() => ModelFile.Read("no-such-file.json"), Throws.InstanceOf<IOException>());

    private static string Pair(string state, string action, string reward, string next) =>
        $"{Head}[{{\"s\": {state}, \"a\": {action}, \"r\": {reward}, \"next\": {next}}}]}}";

    private static TestCaseData Case(string name, string content, string message) => new(content, message) { TestName = $"Refused: {name}" };
}

file static class Bytes
{
    // A file ends with the last byte that is no blank.
    internal static int TrimEndLength(this byte[] bytes) => Encoding.UTF8.GetString(bytes).TrimEnd().Length;
}
