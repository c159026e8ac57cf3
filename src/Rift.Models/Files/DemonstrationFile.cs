using Rift.Mdp;

namespace Rift.Models;

/// <summary>Reads demonstrations from CSV: one decision a line (<c>id,t,state,action</c>), or counts of decisions (<c>state,action,count</c>).</summary>
/// <remarks>Columns may stand in any order; a column whose name begins with <c>x-</c> is not looked at. A state or an action is its number, from 0, or its label in the model.</remarks>
public static class DemonstrationFile
{
    private static readonly string[] _decisions = ["id", "t", "state", "action"], _counts = ["state", "action", "count"];

    /// <summary>Reads demonstrations for a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model in which the decisions were taken.</param>
    /// <returns>The demonstrations, in the order of the file.</returns>
    /// <exception cref="ModelFormatException">The file does not hold demonstrations for the model: names file, line and column, what was found and what was expected.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Demonstrations Read(string path, MarkovDecisionProcess model)
    {
        ArgumentNullException.ThrowIfNull(model);
        CsvText text = CsvText.Read(path);
        string[] columns = [.. text.Header.Where(name => !name.StartsWith("x-", StringComparison.Ordinal))];
        bool areDecisions = columns.Order().SequenceEqual(_decisions.Order());
        if (!areDecisions && !columns.Order().SequenceEqual(_counts.Order())) throw text.HeaderError("id,t,state,action or state,action,count, and others that begin with x-");
        if (text.Rows.Count == 0) throw new ModelFormatException(path, "found no decision", "at least one line below the header");
        return areDecisions ? Decisions(path, text, model) : Counts(path, text, model);
    }

    private static Demonstrations Decisions(string path, CsvText text, MarkovDecisionProcess model)
    {
        Dictionary<string, SortedDictionary<int, Decision>> trajectories = [];
        foreach (CsvRow row in text.Rows)
        {
            if (!trajectories.TryGetValue(row["id"], out SortedDictionary<int, Decision>? decisions)) trajectories.Add(row["id"], decisions = []);
            if (!decisions.TryAdd(row.WholeNumber("t"), Available(row, model))) throw row.Error($"found a second decision of {row["id"]} at {row["t"]}", "one", "t");
        }

        return Demonstrations.FromTrajectories(model.States, model.Actions, [.. trajectories.Select(pair => new Demonstration(pair.Key, [.. pair.Value.Values]))]);
    }

    private static Demonstrations Counts(string path, CsvText text, MarkovDecisionProcess model)
    {
        double[] counts = new double[model.States * model.Actions];
        foreach (CsvRow row in text.Rows)
        {
            Decision decision = Available(row, model);
            counts[(decision.State * model.Actions) + decision.Action] += row.Number("count", n => n >= 0, "a finite number, 0 or more");
        }

        return counts.Any(n => n > 0)
            ? Demonstrations.FromCounts(new StateActionTable(model.States, model.Actions, counts))
            : throw new ModelFormatException(path, "found no decision", "a count above 0");
    }

    private static Decision Available(CsvRow row, MarkovDecisionProcess model)
    {
        Decision decision = new(row.Index("state", model.States, model.Description.StateLabels), row.Index("action", model.Actions, model.Description.ActionLabels));
        return model.IsAvailable(decision.State, decision.Action) ? decision : throw row.Error("action", "an action that is available in the state");
    }
}
