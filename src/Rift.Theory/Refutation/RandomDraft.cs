using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Where a search starts and how it steps: small random scenarios, and small random changes of them.</summary>
internal static class RandomDraft
{
    private static readonly double[] _discounts = [0.5, 0.9, 0.9, 0.95, 0.99];

    /// <summary>Few successors, half of the rewards zero, priors from even to nearly deterministic.</summary>
    internal static ScenarioDraft Draw(int states, int actions, SplittableRandom random)
    {
        ScenarioDraft draft = new(states, actions);
        foreach (double[] row in draft.Supports) DrawSupport(row, random);
        foreach (double[] row in draft.Interiors) DrawInterior(row, random);
        foreach (double[] numbers in new[] { draft.Reward, draft.ExpertReward, draft.Potential })
            for (int i = 0; i < numbers.Length; i++)
                if (random.NextInt(2) == 0) numbers[i] = random.NextDouble(-2, 2);
        for (int i = 0; i < draft.ResidualReward.Length; i++) draft.ResidualReward[i] = DrawIntervention(random) is double phi and > 0 ? -phi : 0;
        for (int s = 0; s < draft.States; s++) draft.StateInterventions[s] = DrawIntervention(random);
        draft.Discount = _discounts[random.NextInt(_discounts.Length)];
        draft.Temperature = Math.Pow(10, random.NextDouble(-1, 1));
        draft.KlWeight = Math.Pow(10, random.NextDouble(-1, 1));
        draft.Threshold = random.NextDouble();
        return draft;
    }

    /// <summary>A copy with one number or one distribution changed, a little or altogether.</summary>
    internal static ScenarioDraft Step(ScenarioDraft from, SplittableRandom random)
    {
        ScenarioDraft draft = from.Copy();
        double[][] supports = [.. draft.Supports], interiors = [.. draft.Interiors], numbers = draft.Numbers;
        do
        {
            switch (random.NextInt(4))
            {
                case 0: Mix(supports[random.NextInt(supports.Length)], DrawSupport, random); break;
                case 1: Mix(interiors[random.NextInt(interiors.Length)], DrawInterior, random); break;
                case 2: Scale(draft, random); break;
                default: Shift(numbers[1 + random.NextInt(numbers.Length - 1)], random); break;
            }

            Clamp(draft.ResidualReward, -1, 0);
            Clamp(draft.StateInterventions, 0, 1);
        }
        while (random.NextInt(2) == 0);
        return draft;
    }

    private static void DrawSupport(double[] row, SplittableRandom random)
    {
        Array.Clear(row);
        int successors = 1 + random.NextInt(Math.Min(row.Length, 2));
        double[] shares = random.NextDistribution(successors);
        foreach (double share in shares) row[random.NextInt(row.Length)] += share;
    }

    // Powers of the weights make rows in which one action is rare, as in a prior that knows the task.
    private static void DrawInterior(double[] row, SplittableRandom random)
    {
        double power = random.NextDouble(0, 3);
        double[] weights = [.. row.Select(_ => Math.Pow(random.NextExponential(), power))];
        double sum = weights.Sum();
        for (int a = 0; a < row.Length; a++) row[a] = Math.Max(weights[a] / sum, 1e-6);
        sum = row.Sum();
        for (int a = 0; a < row.Length; a++) row[a] /= sum;
    }

    private static double DrawIntervention(SplittableRandom random) => random.NextInt(3) switch { 0 => 1, 1 => random.NextDouble(), _ => 0 };

    private static void Mix(double[] row, Action<double[], SplittableRandom> draw, SplittableRandom random)
    {
        double[] other = new double[row.Length];
        draw(other, random);
        double share = random.NextInt(2) == 0 ? 1 : random.NextDouble(0, 0.3);
        for (int i = 0; i < row.Length; i++) row[i] = ((1 - share) * row[i]) + (share * other[i]);
    }

    private static void Scale(ScenarioDraft draft, SplittableRandom random)
    {
        double factor = Math.Exp(random.NextNormal() / 2);
        switch (random.NextInt(4))
        {
            case 0: draft.Discount = _discounts[random.NextInt(_discounts.Length)]; break;
            case 1: draft.Temperature = Math.Clamp(draft.Temperature * factor, 1e-2, 1e2); break;
            case 2: draft.KlWeight = Math.Clamp(draft.KlWeight * factor, 1e-2, 1e2); break;
            default: draft.Threshold *= factor; break;
        }
    }

    private static void Shift(double[] numbers, SplittableRandom random)
    {
        int i = random.NextInt(numbers.Length);
        numbers[i] = random.NextInt(4) == 0 ? 0 : numbers[i] + (random.NextNormal() * Math.Pow(10, -random.NextInt(2)));
    }

    private static void Clamp(double[] numbers, double low, double high)
    {
        for (int i = 0; i < numbers.Length; i++) numbers[i] = Math.Clamp(numbers[i], low, high);
    }
}
