using Rift.Mdp;

namespace Rift.Models;

/// <summary>Reads the features of a linear reward from CSV: <c>state,action,NAME,NAME,...</c>, one line a state and action.</summary>
/// <remarks>
/// The reward is the sum of the features times their parameters, which are called by the columns' names. A pair without a line has features 0, <c>*</c> stands for every state or every
/// action, and no pair may be meant twice. Columns may stand in any order; one whose name begins with <c>x-</c> is not looked at.
/// </remarks>
public static class FeatureFile
{
    /// <summary>Reads the features for a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model.</param>
    /// <returns>The features, in the order of the file.</returns>
    /// <exception cref="ModelFormatException">The file does not hold features for the model: names file, line and column, what was found and what was expected.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<RewardFeature> Read(string path, MarkovDecisionProcess model)
    {
        ArgumentNullException.ThrowIfNull(model);
        CsvText text = CsvText.Read(path);
        string[] names = [.. text.Header.Where(name => name is not ("state" or "action") && !name.StartsWith("x-", StringComparison.Ordinal))];
        if (!text.Header.Contains("state") || !text.Header.Contains("action") || names.Length == 0) throw text.HeaderError("state,action and a column for each feature");
        double[][] features = [.. names.Select(_ => new double[model.States * model.Actions])];
        bool[] isGiven = new bool[model.States * model.Actions];
        foreach (CsvRow row in text.Rows)
        {
            double[] values = [.. names.Select(name => row.Number(name, _ => true, "a finite number"))];
            foreach (int state in Meant(row, "state", model.States, model.Description.StateLabels))
            {
                foreach (int action in Meant(row, "action", model.Actions, model.Description.ActionLabels))
                {
                    int pair = (state * model.Actions) + action;
                    if (isGiven[pair]) throw row.Error(FormattableString.Invariant($"found state {state}, action {action} a second time"), "each once", "state");
                    isGiven[pair] = true;
                    for (int k = 0; k < names.Length; k++) features[k][pair] = values[k];
                }
            }
        }

        return [.. names.Select((name, k) => new RewardFeature(name, new StateActionTable(model.States, model.Actions, features[k])))];
    }

    private static IEnumerable<int> Meant(CsvRow row, string column, int count, IReadOnlyList<string>? labels) =>
        row[column] == "*" ? Enumerable.Range(0, count) : [row.Index(column, count, labels)];
}
