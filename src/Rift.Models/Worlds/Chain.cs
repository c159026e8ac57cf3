using System.Globalization;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>The chain of Dearden, Friedman and Russell (1998) and Strens (2000): a small reward at hand, a large one far ahead.</summary>
/// <remarks>
/// States 0 to N - 1. Action 0 goes forward, without reward, and at the last state stays there with reward 10; action 1 goes back to state 0 with reward 2.
/// With probability <c>slip</c> the other action takes place, reward included. Start: state 0. Nothing ends.
/// </remarks>
public static class Chain
{
    /// <summary>A chain.</summary>
    /// <param name="states">Number of states N, at least 1; Strens has 5.</param>
    /// <param name="slip">The probability that the other action takes place, 0 to 1.</param>
    /// <param name="discount">gamma, at least 0 and below 1.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static MarkovDecisionProcess Create(int states = 5, double slip = 0.2, double discount = 0.99)
    {
        if (!(slip is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(slip), slip, "expected a probability from 0 to 1");
        OutcomeTable table = new(states, 2);
        for (int s = 0; s < states; s++)
        {
            Outcome forward = new(1 - slip, Math.Min(s + 1, states - 1), s == states - 1 ? 10 : 0, Terminated: false);
            Outcome back = new(slip, 0, 2, Terminated: false);
            table.Add(s, 0, forward);
            table.Add(s, 0, back);
            table.Add(s, 1, back with { Probability = 1 - slip });
            table.Add(s, 1, forward with { Probability = slip });
        }

        return table.Build(table.UniformOver([0]), discount, new ModelDescription
        {
            ActionLabels = ["forward", "back"],
            EvaluationHorizon = 100,
            Notes = string.Create(CultureInfo.InvariantCulture, $"Chain of {states} states, slip {slip} (Strens 2000)"),
        });
    }
}
