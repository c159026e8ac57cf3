using Rift.Mdp;

namespace Rift.Models;

/// <summary>RiverSwim (Strehl and Littman 2008): to swim up a river against the current, or to drift for a small reward.</summary>
/// <remarks>
/// States 0 (left bank) to N - 1 (right). Action 0 swims left and succeeds; in state 0 it gives 5. Action 1 swims right: in the middle it leads right with
/// probability 0.3, stays with 0.6, drifts left with 0.1; from state 0 right with 0.3, else stays; in the last state it stays with 0.3, which gives 10000, and
/// else drifts left. Start: states 1 and 2, equally likely (1 alone where there are two). Nothing ends. The paper's N is 6.
/// </remarks>
public static class RiverSwim
{
    /// <summary>A river.</summary>
    /// <param name="states">Number of states, at least 2; the paper has 6.</param>
    /// <param name="discount">gamma, at least 0 and below 1; the paper uses 0.95.</param>
    public static MarkovDecisionProcess Create(int states = 6, double discount = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(states, 2);
        OutcomeTable table = new(states, 2);
        int last = states - 1;
        for (int s = 0; s < states; s++)
        {
            table.Add(s, 0, 1, Math.Max(s - 1, 0), s == 0 ? 5 : 0);
            if (s == 0)
            {
                table.Add(s, 1, 0.7, 0, 0);
                table.Add(s, 1, 0.3, 1, 0);
            }
            else if (s == last)
            {
                table.Add(s, 1, 0.7, last - 1, 0);
                table.Add(s, 1, 0.3, last, 10000);
            }
            else
            {
                table.Add(s, 1, 0.1, s - 1, 0);
                table.Add(s, 1, 0.6, s, 0);
                table.Add(s, 1, 0.3, s + 1, 0);
            }
        }

        return table.Build(table.UniformOver(states > 2 ? [1, 2] : [1]), discount, new ModelDescription
        {
            ActionLabels = ["left", "right"],
            EvaluationHorizon = 100,
            Notes = "RiverSwim (Strehl and Littman 2008)",
        });
    }
}
