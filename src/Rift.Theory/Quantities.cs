using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Every quantity of the paper for one scenario, under the names that independent checkers use.</summary>
public static class Quantities
{
    /// <summary>W, J and the Hessian are given up to this many state-action pairs.</summary>
    private const int TinyPairs = 12;

    private const int Steps = 4;

    /// <summary>Computes them all.</summary>
    /// <param name="scenario">The scenario, valid.</param>
    /// <returns>Fields as flat arrays, row by row, leading dimensions first; and error bounds.</returns>
    public static AnalysisResult Of(Scenario scenario)
    {
        SolvedScenario solved = new(scenario);
        Sheet sheet = new();
        SoftSolution hardExpert = SolvedScenario.Solve(new SoftProblem(solved.Scenario.Expert.Mdp, 0)), hardCandidate = SolvedScenario.Solve(new SoftProblem(solved.Mdp, 0));
        AddSolutions(sheet, solved);
        AddHardOptimum(sheet, "HardStar", hardExpert);
        AddHardOptimum(sheet, "Hard", hardCandidate);
        AddEvaluation(sheet, solved);
        AddVisitations(sheet, solved);
        AddObjectives(sheet, solved);
        AddResidualLearning(sheet, solved);
        AddBijections(sheet, solved);
        AddImitation(sheet, solved);
        AddInterventions(sheet, solved);
        AddDerivatives(sheet, solved);
        AddGreedyActions(sheet, "greedy_r", hardCandidate);
        AddGreedyActions(sheet, "greedy_rStar", hardExpert);
        return new AnalysisResult(scenario.Id, sheet.Fields, sheet.Certificates);
    }

    private static void AddSolutions(Sheet sheet, SolvedScenario solved)
    {
        sheet.Add("logPi0", solved.Scenario.Prior.LogProbabilities);
        foreach ((string suffix, SoftSolution solution) in new[] { ("Star", solved.Expert), ("Hat", solved.Candidate) })
        {
            sheet.Add("Q" + suffix, solution.Q, solution.Certificate.QRadius);
            sheet.Add("V" + suffix, solution.Values.ToArray(), solution.Certificate.HalfWidth);
            sheet.Add("logPi" + suffix, solution.Policy.LogProbabilities, solution.Certificate.LogPolicyRadius);
            sheet.Add("pi" + suffix, solution.Policy.Probabilities, Math.Exp(solution.Certificate.LogPolicyRadius) - 1);
        }
    }

    private static void AddHardOptimum(Sheet sheet, string suffix, SoftSolution hard)
    {
        sheet.Add("Q" + suffix, hard.Q, hard.Certificate.QRadius);
        sheet.Add("V" + suffix, hard.Values.ToArray(), hard.Certificate.HalfWidth);
    }

    private static void AddGreedyActions(Sheet sheet, string name, SoftSolution hard)
    {
        if (UniqueBestActions(hard) is double[] greedy) sheet.Add(name, greedy);
    }

    private static void AddEvaluation(Sheet sheet, SolvedScenario solved)
    {
        PolicyValue value = PolicyValue.Of(solved.Scenario.Candidate, solved.Scenario.Policy);
        sheet.Add("QPi", value.Q, value.Values.ErrorBound);
        sheet.Add("VPi", value.Values.Values, value.Values.ErrorBound);
        sheet.Add("APi", value.Advantage, 2 * value.Values.ErrorBound);
    }

    private static void AddVisitations(Sheet sheet, SolvedScenario solved)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        sheet.Add("rhoTPi", Visitation.PerStep(mdp, solved.Scenario.Policy, Steps).SelectMany(x => x));
        sheet.Add("rhoTPiStar", Visitation.PerStep(mdp, solved.Expert.Policy, Steps).SelectMany(x => x));
        foreach ((string name, Visitation visitation) in new[]
        {
            ("Pi", Visitation.Of(mdp, solved.Scenario.Policy)), ("PiStar", solved.Imitation.ExpertVisitation), ("PiHat", solved.CandidateVisitation),
        })
        {
            sheet.Add("rho" + name, visitation.States.Values, visitation.States.ErrorBound);
            sheet.Add("mu" + name, visitation.Pairs, visitation.PairsErrorBound);
        }
    }

    private static void AddObjectives(Sheet sheet, SolvedScenario solved)
    {
        Scenario scenario = solved.Scenario;
        sheet.Add("JME_pi", PolicyValue.Of(scenario.Candidate, scenario.Policy).Objective);
        sheet.Add("JME_piStar_rStar", new CertifiedNumber(solved.Expert.Objective, solved.Expert.Certificate.HalfWidth));
        sheet.Add("JFT_pi", scenario.Omegas.Select(omega => Objective.FineTuning(scenario.Mdp, scenario.Policy, scenario.Prior, scenario.Mdp.Reward, omega)));
        sheet.Add("JFT_piStar", scenario.Omegas.Select(omega => Objective.FineTuning(scenario.Mdp, solved.Expert.Policy, scenario.Prior, scenario.Mdp.Reward, omega)));
    }

    private static void AddResidualLearning(Sheet sheet, SolvedScenario solved)
    {
        Scenario scenario = solved.Scenario;
        MarkovDecisionProcess mdp = scenario.Mdp;
        SoftSolution[] Each(Func<double, SoftProblem> problem) => [.. scenario.Omegas.Select(omega => SolvedScenario.Solve(problem(omega)))];
        SoftSolution[] residual = Each(omega => SoftProblem.ResidualQLearning(mdp, scenario.Prior, scenario.ResidualReward, scenario.Temperature, omega));
        SoftSolution[] tuned = Each(omega => SoftProblem.FineTuning(mdp, scenario.Prior, scenario.ResidualReward, omega));
        SoftSolution[] literal = Each(omega => SoftProblem.ResidualQLearning(mdp, scenario.Prior, scenario.ResidualReward, omega, omega));
        AddEach(sheet, "rqlQ", "rqlV", "rqlLogPi1", residual);
        sheet.Add("rqlPi1", residual.SelectMany(x => x.Policy.Probabilities.Entries.ToArray()));
        AddEach(sheet, "ftQ", "ftV", "ftLogPi", tuned);
        sheet.Add("ftMaxJ", tuned.Select(x => new CertifiedNumber(x.Objective, x.Certificate.HalfWidth)));
        sheet.Add("litLogPi", literal.SelectMany(x => x.Policy.LogProbabilities.Entries.ToArray()));
        sheet.Add("litJFT", literal.Select((x, k) => Objective.FineTuning(mdp, x.Policy, scenario.Prior, scenario.ResidualReward, scenario.Omegas[k])));
    }

    private static void AddBijections(Sheet sheet, SolvedScenario solved)
    {
        Scenario scenario = solved.Scenario;
        sheet.Add("rFromPiStar", Bijection.RewardOf(scenario.Expert, solved.Expert.Policy, solved.Expert.Values));
        double[] potential = [.. scenario.Potential];
        sheet.Add("rShaped", Bijection.RewardOf(scenario.Candidate, scenario.Prior, potential));
        sheet.Add("QShaped", Bijection.QOf(scenario.Candidate, scenario.Prior, potential));
    }

    private static void AddImitation(Sheet sheet, SolvedScenario solved)
    {
        Scenario scenario = solved.Scenario;
        MarkovDecisionProcess mdp = scenario.Mdp;
        sheet.Add("PsiHat", solved.Psi);
        sheet.Add("PsiPi0", solved.Imitation.Psi(scenario.Prior));
        sheet.Add("PsiPi", solved.Imitation.Psi(scenario.Policy));
        sheet.Add("gradPsi", solved.Gradient, solved.GradientErrorBound);
        sheet.Add("thmA1_lhs", Objective.MaximumEntropy(mdp, solved.Expert.Policy, scenario.Temperature));
        sheet.Add("thmA1_EdVHat", new CertifiedNumber(solved.Candidate.Objective, solved.Candidate.Certificate.HalfWidth));
        sheet.Add("thmA1_klTerm", TheoremA1.DivergenceTerm(solved));
        sheet.Add("lemmaA5", LemmaA5.VisitationSide(solved));
    }

    private static void AddInterventions(Sheet sheet, SolvedScenario solved)
    {
        Scenario scenario = solved.Scenario;
        StateActionTable mode = QGapRule.Gap(solved.Expert, ExpertReading.Mode), mean = QGapRule.Gap(solved.Expert, ExpertReading.Mean);
        sheet.Add("gapMode", mode);
        sheet.Add("gapMean", mean);
        StateActionTable Stopped(StateActionTable gap, double threshold) => QGapRule.Interventions(gap, threshold, QGapRule.TieWidth(solved.Expert, threshold));
        StateActionTable[] interventions = [.. scenario.Thresholds.Select(threshold => Stopped(mode, threshold))];
        sheet.Add("phiMode", interventions.SelectMany(phi => phi.Entries.ToArray()));
        sheet.Add("phiMean", scenario.Thresholds.SelectMany(threshold => Stopped(mean, threshold).Entries.ToArray()));
        IEnumerable<CertifiedNumber> Costs(Policy policy) => interventions.SelectMany(phi => scenario.Omegas.Select(omega => Objective.Intervention(scenario.Mdp, policy, scenario.Prior, phi, omega)));
        sheet.Add("JINT_pi", Costs(scenario.Policy));
        sheet.Add("JINT_piStar", Costs(solved.Expert.Policy));
        sheet.Add("JINT_pi0", interventions.Select(phi => Objective.Intervention(scenario.Mdp, scenario.Prior, scenario.Prior, phi, 1)));
        StateActionTable difference = solved.CandidateVisitation.Pairs - solved.Imitation.ExpertVisitation.Pairs;
        sheet.Add("phiDotMuDiff", interventions.Select(phi => phi.InnerProduct(difference)));
    }

    private static void AddDerivatives(Sheet sheet, SolvedScenario solved)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        int pairs = mdp.States * mdp.Actions;
        if (pairs > TinyPairs) return;
        sheet.Add("W", Enumerable.Range(0, pairs).SelectMany(i => Row(mdp, solved.Candidate.Policy, i)));
        StateActionTable[] columns = [.. Enumerable.Range(0, pairs).Select(j => solved.Jacobian.Apply(Directions.Coordinate(mdp, j)))];
        sheet.Add("J", Enumerable.Range(0, pairs).SelectMany(i => columns.Select(column => column[i])));
        sheet.Add("hessPsi", Imitation.Hessian(mdp, solved.Candidate.Policy, solved.Temperature).Cast<double>());
    }

    private static void AddEach(Sheet sheet, string q, string v, string logPi, SoftSolution[] solutions)
    {
        sheet.Add(q, solutions.SelectMany(x => x.Q.Entries.ToArray()), solutions.Max(x => x.Certificate.QRadius));
        sheet.Add(v, solutions.SelectMany(x => x.Values.ToArray()), solutions.Max(x => x.Certificate.HalfWidth));
        sheet.Add(logPi, solutions.SelectMany(x => x.Policy.LogProbabilities.Entries.ToArray()), solutions.Max(x => x.Certificate.LogPolicyRadius));
    }

    /// <summary>Row i of W (56): T(s'|s,a) pihat(a'|s').</summary>
    private static IEnumerable<double> Row(MarkovDecisionProcess mdp, Policy policy, int pair)
    {
        double[] next = new double[mdp.States];
        mdp.Kernel.AddRow(pair / mdp.Actions, pair % mdp.Actions, 1, next);
        return Enumerable.Range(0, mdp.States * mdp.Actions).Select(j => next[j / mdp.Actions] * policy.Probability(j / mdp.Actions, j % mdp.Actions));
    }

    /// <summary>The best action of each state where each is unique by more than 1e-10 of max |Q|, else null.</summary>
    private static double[]? UniqueBestActions(SoftSolution hard)
    {
        double margin = 1e-10 * hard.Q.MaxAbs();
        double[] best = new double[hard.Q.States];
        for (int s = 0; s < best.Length; s++)
        {
            (double Q, int Action)[] ranked = [.. Enumerable.Range(0, hard.Q.Actions).Where(a => hard.Problem.Mdp.IsAvailable(s, a)).Select(a => (hard.Q[s, a], a)).OrderByDescending(x => x.Item1)];
            if (ranked.Length > 1 && ranked[0].Q - ranked[1].Q <= margin) return null;
            best[s] = ranked[0].Action;
        }

        return best;
    }

    private sealed class Sheet
    {
        internal List<(string Name, double[] Values)> Fields { get; } = [];

        internal List<(string Name, double ErrorBound)> Certificates { get; } = [];

        internal void Add(string name, IEnumerable<double> values, double? errorBound = null)
        {
            Fields.Add((name, [.. values]));
            if (errorBound is double bound) Certificates.Add((name, bound));
        }

        internal void Add(string name, StateActionTable table, double? errorBound = null) => Add(name, table.Entries.ToArray(), errorBound);

        internal void Add(string name, IEnumerable<CertifiedNumber> numbers)
        {
            CertifiedNumber[] all = [.. numbers];
            Add(name, all.Select(x => x.Value), all.Max(x => x.ErrorBound));
        }

        internal void Add(string name, CertifiedNumber number) => Add(name, new[] { number });
    }
}

/// <summary>The quantities of a scenario.</summary>
/// <param name="Id">The scenario's name.</param>
/// <param name="Fields">Name and flat entries of each quantity.</param>
/// <param name="Certificates">Name of a quantity and a proved bound of its error: of the largest entry for values, log-policies and gradients, of the sum of entries for visitations.</param>
public sealed record AnalysisResult(string Id, IReadOnlyList<(string Name, double[] Values)> Fields, IReadOnlyList<(string Name, double ErrorBound)> Certificates)
{
    /// <summary>
    /// The quantities whose bound holds for the optimal policies as computed: pi* everywhere and, but for Psi and its gradient, pihat. How far these policies are from the exact ones is the
    /// bound of their logarithms. All other bounds hold for the exact quantity.
    /// </summary>
    public static IReadOnlyList<string> OfComputedPolicies { get; } =
        ["JFT_piStar", "rhoPiStar", "muPiStar", "rhoPiHat", "muPiHat", "litJFT", "PsiHat", "PsiPi0", "PsiPi", "gradPsi", "thmA1_lhs", "thmA1_klTerm", "lemmaA5", "JINT_piStar"];
}
