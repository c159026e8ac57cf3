using System.Globalization;
using System.Text.Json;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>The fields that both model formats share, read with the same rules.</summary>
internal sealed class ModelFields(JsonText text, ReadOptions options)
{
    private int _rowsRenormalised;
    private bool _initialRenormalised;
    private double _worstRenormalised;

    /// <summary>A count that may not exceed the file's length in bytes: whoever declares a million states must write at least a million bytes.</summary>
    internal int Count(JsonValue value) => value.Integer(1, text.Length, "an integer, at most the file's length,");

    /// <summary>Refuses tables that the file is too small for: at most four million pairs, and four for each byte.</summary>
    internal void RequireRoom(int states, int actions)
    {
        long pairs = (states + 1L) * actions, limit = Math.Min(Array.MaxLength, (1L << 22) + (4L * text.Length));
        if (pairs > limit)
            throw text.Error("states", string.Create(CultureInfo.InvariantCulture, $"found {states} states and {actions} actions in {text.Length} bytes"), string.Create(CultureInfo.InvariantCulture, $"at most {limit} state-action pairs"));
    }

    /// <summary>gamma, at least 0 and below 1.</summary>
    internal static double Discount(JsonValue value) =>
        value.Number("a discount of at least 0 and below 1") is double discount and >= 0 and < 1 ? discount : throw value.Error("a discount of at least 0 and below 1");

    /// <summary>A probability: from 0 to 1, or any number from 0 where rows are divided by their sums.</summary>
    internal double Probability(JsonValue value)
    {
        double p = value.NonNegative(Expected);
        return options.Renormalise || p <= 1 + TransitionKernel.RowSumTolerance ? p : throw value.Error(Expected);
    }

    /// <summary>What a row's probabilities are divided by: their sum where that is asked for, else one. A row without a positive entry is refused.</summary>
    internal double RowDivisor(JsonValue row, double sum)
    {
        if (sum == 0) throw row.Error("probabilities sum to 0", "1 within 1e-12");
        if (!options.Renormalise || sum == 1) return 1;
        if (double.IsInfinity(sum)) throw row.Error("probabilities have no finite sum", "a finite sum");
        _rowsRenormalised++;
        _worstRenormalised = Math.Max(_worstRenormalised, Math.Abs(sum - 1));
        return sum;
    }

    /// <summary>The initial distribution, as an array of S numbers or an object from state to number.</summary>
    internal double[] Initial(JsonValue value, int states)
    {
        double[] initial = new double[states];
        if (value.Kind == JsonTokenType.StartObject)
        {
            foreach ((string name, JsonValue p) in value.UniqueMembers()) initial[Index(name, p, states, "state")] = Probability(p);
        }
        else
        {
            JsonValue[] items = value.Items(states, string.Create(CultureInfo.InvariantCulture, $"an array of {states} probabilities, or an object from state to probability"));
            for (int s = 0; s < states; s++) initial[s] = Probability(items[s]);
        }

        double sum = initial.Sum();
        if (options.Renormalise && sum != 1 && sum > 0 && double.IsFinite(sum))
        {
            for (int s = 0; s < states; s++) initial[s] /= sum;
            _initialRenormalised = true;
            _worstRenormalised = Math.Max(_worstRenormalised, Math.Abs(sum - 1));
        }

        return initial;
    }

    /// <summary>A key that is a number: plain digits, so that no number has two names.</summary>
    internal static int Index(string name, JsonValue at, int count, string what) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < count && name == index.ToString(CultureInfo.InvariantCulture)
            ? index
            : throw at.Error($"found {what} \"{JsonText.OneLine(name)}\"", string.Create(CultureInfo.InvariantCulture, $"0 to {count - 1}"));

    /// <summary>What was done to rows and initial distribution; the caller adds the rest.</summary>
    internal ImportReport Report(MarkovDecisionProcess model) => new()
    {
        RowSumError = model.Kernel.RowSumError,
        RowsRenormalised = _rowsRenormalised,
        InitialRenormalised = _initialRenormalised,
        WorstRenormalised = _worstRenormalised,
    };

    private string Expected => options.Renormalise ? "a weight of at least 0" : "a probability from 0 to 1";
}
