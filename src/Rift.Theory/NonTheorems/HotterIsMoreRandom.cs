using Rift.Mdp;

namespace Rift.Theory;

/// <summary>That a hotter policy is more random in every state. False at two states and two actions; true of the discounted entropy (<see cref="EntropyRisesWithTemperature"/>).</summary>
internal sealed class HotterIsMoreRandom : Statement
{
    public override string Id => "hotter-is-more-random";

    public override string Title => "at twice the temperature the entropy of the soft-optimal policy is no smaller in any state";

    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        SoftSolution cold = solved.Candidate, hot = TwiceAsHot.Of(solved);
        CertifiedNumber[] colder = [.. Enumerable.Range(0, solved.Mdp.States).Select(s => Entropy(cold, s))], hotter = [.. Enumerable.Range(0, solved.Mdp.States).Select(s => Entropy(hot, s))];
        return Identity.Worst(colder.Zip(hotter, Identity.AtMost));
    }

    /// <summary>The entropy of the exact policy in a state: if |log pi| is off by e, each term p log p is off by at most p ((e^e - 1) (|log p| + e) + e).</summary>
    internal static CertifiedNumber Entropy(SoftSolution solution, int state)
    {
        double entropy = solution.Policy.Entropy(state), radius = solution.Certificate.LogPolicyRadius;
        double moved = ((Math.Exp(radius) - 1) * (entropy + radius)) + radius;
        return new CertifiedNumber(entropy, Rounding.SecondOrder * (moved + (Rounding.Unit * ((solution.Policy.Actions + 5) * (entropy + 1)))));
    }
}
