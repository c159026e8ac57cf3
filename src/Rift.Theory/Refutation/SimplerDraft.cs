namespace Rift.Theory;

/// <summary>The ways in which a scenario can be made simpler, the boldest first.</summary>
internal static class SimplerDraft
{
    private const int MostDigits = 4;

    /// <summary>Candidates, each made from the draft by one change. A candidate may be out of range, and need not be smaller: the caller looks.</summary>
    internal static IEnumerable<ScenarioDraft> Of(ScenarioDraft draft) =>
        WithoutState(draft).Concat(WithoutAction(draft)).Concat(FewerSuccessors(draft)).Concat(WithoutNumbers(draft)).Concat(Rounder(draft));

    private static IEnumerable<ScenarioDraft> WithoutState(ScenarioDraft draft)
    {
        for (int dropped = 0; dropped < draft.States && draft.States > 1; dropped++)
            for (int heir = 0; heir < draft.States; heir++)
                if (heir != dropped) yield return WithoutState(draft, dropped, heir);
    }

    /// <summary>What led to the dropped state leads to its heir.</summary>
    private static ScenarioDraft WithoutState(ScenarioDraft draft, int dropped, int heir)
    {
        int[] kept = [.. Enumerable.Range(0, draft.States).Where(s => s != dropped)], pairs = [.. kept.SelectMany(s => Enumerable.Range(s * draft.Actions, draft.Actions))];
        double[] Moved(double[] row) => [.. kept.Select(s => row[s] + (s == heir ? row[dropped] : 0))];
        return new ScenarioDraft(draft.States - 1, draft.Actions)
        {
            Transitions = [.. pairs.Select(pair => Moved(draft.Transitions[pair]))],
            Initial = Moved(draft.Initial),
            Prior = At(draft.Prior, kept),
            Policy = At(draft.Policy, kept),
            Reward = At(draft.Reward, pairs),
            ExpertReward = At(draft.ExpertReward, pairs),
            ResidualReward = At(draft.ResidualReward, pairs),
            StateInterventions = At(draft.StateInterventions, kept),
            Potential = At(draft.Potential, kept),
            Parameters = draft.Parameters,
        }.Copy();
    }

    private static IEnumerable<ScenarioDraft> WithoutAction(ScenarioDraft draft)
    {
        for (int dropped = 0; dropped < draft.Actions && draft.Actions > 1; dropped++)
        {
            int[] kept = [.. Enumerable.Range(0, draft.Actions).Where(a => a != dropped)];
            int[] pairs = [.. Enumerable.Range(0, draft.States * draft.Actions).Where(pair => pair % draft.Actions != dropped)];
            double[] Share(double[] row) => Normalised([.. kept.Select(a => row[a])]);
            yield return new ScenarioDraft(draft.States, draft.Actions - 1)
            {
                Transitions = At(draft.Transitions, pairs),
                Initial = draft.Initial,
                Prior = Array.ConvertAll(draft.Prior, Share),
                Policy = Array.ConvertAll(draft.Policy, Share),
                Reward = At(draft.Reward, pairs),
                ExpertReward = At(draft.ExpertReward, pairs),
                ResidualReward = At(draft.ResidualReward, pairs),
                StateInterventions = draft.StateInterventions,
                Potential = draft.Potential,
                Parameters = draft.Parameters,
            }.Copy();
        }
    }

    /// <summary>Each distribution on one point, or without one of its points.</summary>
    private static IEnumerable<ScenarioDraft> FewerSuccessors(ScenarioDraft draft) =>
        Changes(draft, x => [.. x.Supports], row => Enumerable.Range(0, row.Length)
            .Select(only => row.Select((_, i) => i == only ? 1.0 : 0).ToArray())
            .Concat(Enumerable.Range(0, row.Length)
                .Where(dropped => row[dropped] is > 0 and < 1)
                .Select(dropped => Normalised([.. row.Select((p, i) => i == dropped ? 0 : p)]))));

    /// <summary>Each array of numbers zero throughout, then each row of a policy even, or even but for one action.</summary>
    private static IEnumerable<ScenarioDraft> WithoutNumbers(ScenarioDraft draft) =>
        Changes(draft, x => x.Numbers[1..], row => [new double[row.Length]])
            .Concat(Changes(draft, x => [.. x.Interiors], row => PlainRows(row.Length)));

    private static IEnumerable<double[]> PlainRows(int length)
    {
        yield return Rounded(Normalised([.. Enumerable.Repeat(1.0, length)]), 1);
        foreach (double weight in new[] { 4.0, 9.0 })
            for (int heavy = 0; heavy < length && length > 1; heavy++)
                yield return Rounded(Normalised([.. Enumerable.Range(0, length).Select(a => a == heavy ? weight * (length - 1) : 1)]), 2);
    }

    /// <summary>Each number 0, 1, -1 or with fewer digits, and each distribution with fewer decimals.</summary>
    private static IEnumerable<ScenarioDraft> Rounder(ScenarioDraft draft) =>
        Changes(draft, x => x.Numbers, row => Enumerable.Range(0, row.Length).SelectMany(i => Simpler(row[i]).Select(x =>
            {
                double[] changed = [.. row];
                changed[i] = x;
                return changed;
            })))
        .Concat(Changes(draft, x => [.. x.Supports, .. x.Interiors], row => Enumerable.Range(1, MostDigits).Select(decimals => Rounded(row, decimals))));

    private static IEnumerable<double> Simpler(double x)
    {
        if (x == 0) yield break;
        yield return 0;
        yield return Math.Sign(x);
        yield return 0.5 * Math.Sign(x);
        for (int digits = 1; digits <= MostDigits; digits++)
        {
            double unit = Math.Pow(10, digits - 1 - Math.Floor(Math.Log10(Math.Abs(x))));
            yield return (double)Math.Round((decimal)(x * unit)) / unit;
        }
    }

    /// <summary>Probabilities to so many decimals; the largest takes what is missing, in decimal arithmetic, so that it has no more.</summary>
    private static double[] Rounded(double[] row, int decimals)
    {
        decimal[] rounded = Array.ConvertAll(row, p => Math.Round((decimal)p, decimals));
        int largest = Array.IndexOf(row, row.Max());
        rounded[largest] += 1 - rounded.Sum();
        return Array.ConvertAll(rounded, p => (double)p);
    }

    private static double[] Normalised(double[] weights)
    {
        double sum = weights.Sum();
        return Array.ConvertAll(weights, w => w / sum);
    }

    /// <summary>For each array that <paramref name="arrays"/> finds in a draft, and each replacement of it, the draft with that change.</summary>
    private static IEnumerable<ScenarioDraft> Changes(ScenarioDraft draft, Func<ScenarioDraft, double[][]> arrays, Func<double[], IEnumerable<double[]>> replacements)
    {
        double[][] originals = arrays(draft);
        for (int k = 0; k < originals.Length; k++)
        {
            foreach (double[] replacement in replacements(originals[k]))
            {
                ScenarioDraft changed = draft.Copy();
                replacement.CopyTo(arrays(changed)[k], 0);
                yield return changed;
            }
        }
    }

    private static T[] At<T>(T[] items, int[] indices) => [.. indices.Select(i => items[i])];
}
