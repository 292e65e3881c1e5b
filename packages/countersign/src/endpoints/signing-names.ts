/**
 * Endpoint prefixes whose service signs with another name, and the regions of AWS.
 * Read out of botocore 1.43 (service models and endpoints.json), which is licensed under Apache-2.0.
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html
 */

/** Endpoint prefix to signing name, where they differ. */
export const RENAMED_SERVICES: ReadonlyMap<string, string> = new Map(
  `a2i-runtime.sagemaker=sagemaker admin.wickr=wickr agreement-marketplace=aws-marketplace api.detective=detective api.ecr=ecr
  dkr.ecr=ecr api.ecr-public=ecr-public api.iotdeviceadvisor=iotdeviceadvisor api.iotmanagedintegrations=iotmanagedintegrations
  api.iotwireless=iotwireless api.mediatailor=mediatailor api.pricing=pricing api.sagemaker=sagemaker
  api.tunneling.iot=IoTSecuredTunneling appconfigdata=appconfig appstream2=appstream appsync-api=appsync appsync-realtime-api=appsync
  aps-workspaces=aps bedrock-agent=bedrock bedrock-agent-runtime=bedrock bedrock-agentcore-control=bedrock-agentcore
  bedrock-data-automation=bedrock bedrock-data-automation-runtime=bedrock bedrock-runtime=bedrock cassandra-streams=cassandra
  catalog.marketplace=aws-marketplace cloudhsmv2=cloudhsm cloudsearchdomain=cloudsearch contact-lens=connect
  controlplane.payment-cryptography=payment-cryptography data-ats.iot=iotdata data.iot=iotdata data-signer=signer
  data.iotevents=ioteventsdata data.jobs.iot=iot-jobs-data data.mediastore=mediastore data.qapps=qapps
  dataplane.payment-cryptography=payment-cryptography deployment-marketplace=aws-marketplace discovery-marketplace=aws-marketplace
  edge.sagemaker=sagemaker email=ses entitlement.marketplace=aws-marketplace featurestore-runtime.sagemaker=sagemaker
  forecastquery=forecast identity-chime=chime ingest.timestream=timestream ivsrealtime=ivs lambda-url=lambda mail-manager=ses
  media-pipelines-chime=chime meetings-chime=chime memory-db=memorydb messaging-chime=chime metering.marketplace=aws-marketplace
  metrics.sagemaker=sagemaker migrationhub-config=mgh models-v2-lex=lex models.lex=lex oidc=sso-oauth
  participant.connect=execute-api personalize-events=personalize personalize-runtime=personalize pinpoint=mobiletargeting
  portal.sso=awsssoportal query.timestream=timestream queue=sqs reporting-marketplace=aws-marketplace runtime-v2-lex=lex
  runtime.lex=lex runtime.sagemaker=sagemaker s3-accelerate=s3 s3-accesspoint=s3 s3-control=s3 s3-global=s3 s3-website=s3
  servicecatalog-appregistry=servicecatalog sms-voice.pinpoint=sms-voice streams.dynamodb=dynamodb transcribestreaming=transcribe
  voice-chime=chime`
    .split(/\s+/)
    .map((pair) => pair.split('=') as [string, string]),
)

/** What signers are seen to write in place of a signing name, besides the endpoint prefixes: the name, and the right ones. */
export const MISTAKEN_SERVICES: ReadonlyMap<string, readonly string[]> = new Map([
  ['apigateway', ['execute-api']],
  ['execute-api', ['apigateway', 'lambda', 'appsync', 'vpc-lattice-svcs']],
  ['es', ['aoss', 'osis']],
  ['aoss', ['es']],
  ['opensearch', ['es', 'aoss']],
  ['elasticsearch', ['es']],
  ['opensearchserverless', ['aoss']],
  ['cloudwatch', ['monitoring', 'logs']],
  ['cloudwatchlogs', ['logs']],
  ['eventbridge', ['events']],
  ['stepfunctions', ['states']],
  ['stepfunction', ['states']],
  ['dynamo', ['dynamodb']],
  ['iot', ['iotdata', 'iotdevicegateway']],
  ['iot-data', ['iotdata']],
  ['iotdata', ['iotdevicegateway']],
  ['iotdevicegateway', ['iotdata']],
  ['elb', ['elasticloadbalancing']],
  ['elbv2', ['elasticloadbalancing']],
  ['emr', ['elasticmapreduce']],
  ['efs', ['elasticfilesystem']],
  ['parameterstore', ['ssm']],
  ['secrets', ['secretsmanager']],
  ['cognito', ['cognito-idp', 'cognito-identity']],
  ['rds', ['rds-db']],
  ['s3control', ['s3']],
  ['S3', ['s3']],
  ['lambda', ['execute-api']],
  ['appsync', ['execute-api']],
  ['neptune', ['neptune-db']],
  ['prometheus', ['aps']],
  ['sso', ['awsssoportal']],
])

/** The names most requests are signed for. */
export const COMMON_SERVICES: readonly string[] =
  's3 execute-api lambda sts iam dynamodb sqs sns es aoss ses bedrock logs monitoring iotdata iotdevicegateway kms secretsmanager ssm ec2 ecr apigateway appsync kinesis firehose events states s3express s3-outposts s3-object-lambda'.split(
    ' ',
  )

/** Every region, the most used first. */
export const AWS_REGIONS: readonly string[] =
  'us-east-1 us-west-2 eu-west-1 eu-central-1 us-east-2 us-west-1 ap-southeast-1 ap-southeast-2 ap-northeast-1 ap-south-1 eu-west-2 eu-west-3 eu-north-1 ca-central-1 sa-east-1 ap-northeast-2 ap-northeast-3 ap-east-1 ap-east-2 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 af-south-1 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1 cn-north-1 cn-northwest-1 us-gov-west-1 us-gov-east-1 us-iso-east-1 us-iso-west-1 us-isob-east-1 us-isob-west-1 eu-isoe-west-1 us-isof-east-1 us-isof-south-1 eusc-de-east-1'.split(
    ' ',
  )
