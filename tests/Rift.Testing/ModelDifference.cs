using System.Globalization;
using Rift.Mdp;

namespace Rift.Testing;

/// <summary>Whether two models are the same, bit for bit.</summary>
public static class ModelDifference
{
    /// <summary>The first difference in shape, dynamics, reward, start or discount, or null where all bits agree. Names and maps are not compared.</summary>
    public static string? Between(MarkovDecisionProcess left, MarkovDecisionProcess right)
    {
        if ((left.States, left.Actions) != (right.States, right.Actions)) return Say($"{left.States} x {left.Actions} against {right.States} x {right.Actions}");
        if (!Same(left.Discount, right.Discount)) return Say($"discount {left.Discount} against {right.Discount}");
        for (int s = 0; s < left.States; s++)
        {
            if (!Same(left.Initial[s], right.Initial[s])) return Say($"state {s}: initial {left.Initial[s]} against {right.Initial[s]}");
            for (int a = 0; a < left.Actions; a++)
            {
                string mine = Row(left, s, a), theirs = Row(right, s, a);
                if (mine != theirs) return Say($"state {s}, action {a}: {mine} against {theirs}");
                if (!Same(left.Reward[s, a], right.Reward[s, a])) return Say($"state {s}, action {a}: reward {left.Reward[s, a]} against {right.Reward[s, a]}");
            }
        }

        return null;
    }

    /// <summary>The first difference in names, map, horizon or notes, or null.</summary>
    public static string? Between(ModelDescription left, ModelDescription right)
    {
        (string What, string Left, string Right)[] parts =
        [
            ("name", left.Name ?? "none", right.Name ?? "none"),
            ("states", Join(left.StateLabels), Join(right.StateLabels)),
            ("actions", Join(left.ActionLabels), Join(right.ActionLabels)),
            ("map", Join(left.Grid?.Map), Join(right.Grid?.Map)),
            ("cells", Join(left.Grid?.CellOfState), Join(right.Grid?.CellOfState)),
            ("horizon", Say($"{left.EvaluationHorizon}"), Say($"{right.EvaluationHorizon}")),
            ("success", Join(left.Success?.Entries.ToArray().Select(p => Say($"{p:R}"))), Join(right.Success?.Entries.ToArray().Select(p => Say($"{p:R}")))),
            ("aggregation", Join(left.Aggregation), Join(right.Aggregation)),
            ("notes", left.Notes ?? "none", right.Notes ?? "none"),
        ];
        return parts.Where(part => part.Left != part.Right).Select(part => $"{part.What}: {part.Left} against {part.Right}").FirstOrDefault();
    }

    private static string Row(MarkovDecisionProcess mdp, int state, int action) =>
        string.Join(' ', mdp.Kernel.Successors(state, action).Select(next => Say($"{next.State}:{next.Probability:R}")));

    private static string Join<T>(IEnumerable<T>? items) => items is null ? "none" : string.Join('|', items);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static bool Same(double left, double right) => BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right);
}
