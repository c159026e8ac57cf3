using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Fact F7: as the KL weight vanishes, fine-tuning tends to the policy that is never stopped and, among those, diverges least from the prior; exponentially fast.</summary>
internal sealed class LexicographicLimit : CompoundStatement
{
    public override string Id => "F7";

    public override string? Equation => null;

    public override string Title => "RQL(pi0, -phi) at KL weight omega is within e^(-phi_min/omega) max_s (1 - pi0(A_s)) e^K(s) / (1-gamma) of its lexicographic limit, in log pi on A_s = {phi = 0}";

    /// <remarks>
    /// Where some action of every state is never stopped, let U = V_omega/omega and -K the same with all stopped actions taken away. U >= -K, for there are more actions. Let D = max (U + K); U is
    /// at most 0, so a stopped action adds at most e^(-phi_min/omega) pi0 to the sum in state s: U(s) + K(s) &lt;= log(e^(gamma D) + e(s)) with e(s) = e^(-phi_min/omega) (1 - pi0(A_s)) e^K(s).
    /// Hence D &lt;= gamma D + max e, and log pi differs by a number between -D and gamma D. The radii of both policies come on top. The weights are chosen
    /// so that e is at most 1e-3 and 1e-15; the policy that the tie rule gives at weight 0 must be the limit itself.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        Policy prior = solved.Scenario.Prior;
        StateActionTable phi = WithFreeActions(mdp, random);
        StateActionTable free = prior.LogProbabilities.Zip(phi, (logP, stopped) => stopped > 0 ? double.NegativeInfinity : logP);
        SoftSolution limit = SolvedScenario.Solve(new SoftProblem(mdp.WithReward(StateActionTable.Constant(mdp.States, mdp.Actions, 0)), 1, free));
        SoftSolution byTies = SolvedScenario.Solve(SoftProblem.ResidualQLearning(mdp, prior, -phi, 0));
        int[] kept = [.. Enumerable.Range(0, phi.Entries.Length).Where(i => free[i] != double.NegativeInfinity)];
        double rows = 2 * RoundingOf.RowSumError(prior) / (1 - mdp.Discount);
        double[] Kept(Policy policy) => [.. kept.Select(i => policy.LogProbabilities[i])];
        double[] limits = Kept(limit.Policy);

        double least = phi.Entries.ToArray().Where(x => x > 0).DefaultIfEmpty(1).Min(), cost = limit.Values.ToArray().Max(v => -v);
        IEnumerable<Identity> distances = new[] { Math.Log(1e3), Math.Log(1e15) }.Select(digits =>
        {
            double weight = least / (digits + Math.Max(0, cost));
            SoftSolution tuned = SolvedScenario.Solve(SoftProblem.ResidualQLearning(mdp, prior, -phi, weight));
            double rate = Enumerable.Range(0, mdp.States).Max(s => Stopped(prior, phi, s) * Math.Exp(-limit.Values[s] - (least / weight))) / (1 - mdp.Discount);
            double difference = Kept(tuned.Policy).Zip(limits, (x, y) => Math.Abs(x - y)).Max();
            double rounding = Rounding.Unit * ((RoundingOf.Largest(limits) * 2) + (2 * rate * (digits + Math.Abs(cost) + mdp.Actions + 8))) + (2 * rate * limit.Certificate.HalfWidth);
            return Identity.Of(difference, rate, Rounding.SecondOrder * (tuned.Certificate.LogPolicyRadius + limit.Certificate.LogPolicyRadius + rounding + rows)) with { Relation = Relation.AtMost };
        });
        return distances.Append(new Identity(Kept(byTies.Policy), limits, Rounding.SecondOrder * (2 * limit.Certificate.LogPolicyRadius)));
    }

    /// <remarks>The policies carry their bounds, as does K = -V, on which the rate depends exponentially; the rows of the prior round, magnified by 2/(1 - gamma). The tie rule is read literally: of the hard optimum of -phi, the actions of largest Q up to its error, and the prior among them.</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        DoubleDouble[,] phi = LiteralScenario.Table(WithFreeActions(literal.Scenario.Mdp, random)), penalty = literal.Table((s, a) => -phi[s, a]);
        DoubleDouble[,] free = literal.Table((s, a) => phi[s, a] > 0 ? double.NegativeInfinity : literal.LogPrior[s, a]);
        BoundedSolution limit = literal.FineTune(free, new DoubleDouble[literal.States, literal.Actions], 1);
        double least = literal.Available(phi).Where(x => x > 0).Select(x => x.High).DefaultIfEmpty(1).Min(), cost = Math.Max(0, limit.V.Max(v => -v.High));
        LiteralProblem<DoubleDouble> tuning = Literal.FineTuning(literal.CandidateProblem, literal.LogPrior, penalty, 1);
        LiteralSolution<DoubleDouble> hard = Literal.HardOptimum(tuning);
        double tie = literal.Horizon * (hard.Residual + literal.Rounding(LiteralScenario.Size(hard.Q)));
        BoundedSolution byTies = literal.FineTune(Literal.AmongBest(tuning, hard.Q, 2 * tie), new DoubleDouble[literal.States, literal.Actions], 1);
        (int S, int A)[] kept = [.. from s in Enumerable.Range(0, literal.States) from a in Enumerable.Range(0, literal.Actions) where literal.IsAvailable(s, a) && phi[s, a] == 0 select (s, a)];
        IEnumerable<DoubleDouble> Kept(BoundedSolution solution) => kept.Select(pair => solution.LogPolicy[pair.S, pair.A]);
        IEnumerable<Identity> distances = new[] { Math.Log(1e3), Math.Log(1e15) }.Select(digits =>
        {
            DoubleDouble weight = least / (digits + cost);
            BoundedSolution tuned = literal.FineTune(literal.LogPrior, penalty, weight);
            DoubleDouble rate = Enumerable.Range(0, literal.States).Max(s =>
                Dense.Sum(literal.Actions, a => phi[s, a] > 0 ? DoubleDouble.Exp(literal.LogPrior[s, a]) : 0) * DoubleDouble.Exp(-limit.V[s] - (least / weight))) / (1 - literal.Discount);
            DoubleDouble difference = Kept(tuned).Zip(Kept(limit), (x, y) => DoubleDouble.Abs(x - y)).Max();
            double error = tuned.LogPolicyError + limit.LogPolicyError + (2 * rate.High * (limit.ValueError + literal.Rounding(digits + cost + limit.Size))) + (2 * literal.Horizon * literal.Rounding(limit.Size + 1));
            return Identity.Extended(difference, rate, error) with { Relation = Relation.AtMost };
        });
        return distances.Append(Identity.Extended(Kept(byTies), Kept(limit), byTies.LogPolicyError + limit.LogPolicyError));
    }

    /// <summary>A supervisor that leaves at least one action of every state alone and stops the others with a probability of at least a fifth, or not at all.</summary>
    internal static StateActionTable WithFreeActions(MarkovDecisionProcess mdp, SplittableRandom random)
    {
        StateActionTable phi = Supervisors.Random(mdp, random).Map(x => x > 0 ? 0.2 + (0.8 * x) : 0);
        int[] free = [.. Enumerable.Range(0, mdp.States).Select(s => Enumerable.Range(0, mdp.Actions).Where(a => mdp.IsAvailable(s, a)).MinBy(a => phi[s, a]))];
        return StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => a == free[s] ? 0 : phi[s, a]);
    }

    /// <summary>1 - pi0(A_s): the prior's probability of an action that is stopped.</summary>
    private static double Stopped(Policy prior, StateActionTable phi, int state)
    {
        double sum = 0;
        for (int a = 0; a < phi.Actions; a++)
            if (phi[state, a] > 0) sum += prior.Probability(state, a);
        return sum;
    }
}
